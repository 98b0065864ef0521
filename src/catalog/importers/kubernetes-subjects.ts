import type { KubernetesSubject } from './kubernetes-files.js';
import type { RowBook } from './platform-import.js';

export const serviceAccountOf = (namespace: string, name: string): string =>
  `system:serviceaccount:${namespace}:${name}`;

/** Users and service accounts by their user name; groups as `group:{name}`. */
export interface SubjectBook {
  /** Writes the account or group and says its externalId. `namespace`: of a service account that names none. */
  write(subject: KubernetesSubject, namespace: string | undefined): string;
  writeServiceAccount(namespace: string, name: string): string;
  /** Whether that service account was written before. */
  has(subject: KubernetesSubject, namespace: string | undefined): boolean;
  /** After the last subject: who is in the groups that Kubernetes itself fills. */
  finish(): void;
  /** Service accounts by externalId, with namespace and name. */
  readonly serviceAccounts: ReadonlyMap<string, { readonly namespace: string; readonly name: string }>;
  readonly users: ReadonlySet<string>;
}

export function createSubjectBook(rows: RowBook): SubjectBook {
  const serviceAccounts = new Map<string, { readonly namespace: string; readonly name: string }>();
  const users = new Set<string>();
  const groups = new Set<string>();

  function writeServiceAccount(namespace: string, name: string): string {
    const externalId = serviceAccountOf(namespace, name);
    serviceAccounts.set(externalId, { namespace, name });
    rows.add({ kind: 'account', externalId, userName: externalId, displayName: name, type: 'SERVICE_ACCOUNT' });
    return externalId;
  }
  function writeUser(name: string): string {
    const [, namespace, account] = /^system:serviceaccount:([^:]+):(.+)$/.exec(name) ?? [];
    if (namespace !== undefined && account !== undefined) return writeServiceAccount(namespace, account);
    users.add(name);
    rows.add({
      kind: 'account',
      externalId: name,
      userName: name,
      type: name.startsWith('system:') ? 'WORKLOAD' : 'HUMAN',
    });
    return name;
  }
  function writeGroup(name: string): string {
    groups.add(name);
    rows.add({ kind: 'group', externalId: `group:${name}`, displayName: name });
    return `group:${name}`;
  }
  return {
    serviceAccounts,
    users,
    writeServiceAccount,
    has: ({ name, namespace: own }, namespace) =>
      serviceAccounts.has(serviceAccountOf(own ?? (namespace as string), name)),
    write({ kind, name, namespace: own }, namespace) {
      if (kind === 'Group') return writeGroup(name);
      return kind === 'User' ? writeUser(name) : writeServiceAccount(own ?? (namespace as string), name);
    },
    finish() {
      for (const group of groups)
        for (const externalId of membersOf(group, { serviceAccounts, users }))
          rows.add({ kind: 'membership', group: `group:${group}`, member: { externalId } });
    },
  };
}

/** Groups that an identity provider fills have nobody here. */
function membersOf(
  group: string,
  { serviceAccounts, users }: Pick<SubjectBook, 'serviceAccounts' | 'users'>,
): readonly string[] {
  const all = [...serviceAccounts.keys()];
  if (group === 'system:serviceaccounts') return all;
  if (group === 'system:authenticated') return [...all, ...users].filter((name) => name !== 'system:anonymous');
  if (group === 'system:unauthenticated') return [...users].filter((name) => name === 'system:anonymous');
  const [, namespace] = /^system:serviceaccounts:(.+)$/.exec(group) ?? [];
  return all.filter((name) => serviceAccounts.get(name)?.namespace === namespace);
}
