import type { Issue } from '../../kernel/errors.js';
import type { RowBook, RowDraftOf } from './platform-import.js';

/** Members of bindings, as accounts and groups of the snapshot. */
export interface GcpMembers {
  /** Writes the account or group, and says its externalId; absent: there is nobody any more. `pointer`: where it stands. */
  write(member: string, pointer: string): string | undefined;
  /** After the last binding: who of those that were written belongs to domains and to everybody. */
  finish(): void;
}

/**
 * Members as "Principal identifiers" of Google Cloud's IAM reference lists them. The externalId is the identifier itself.
 */
export function createGcpMembers(rows: RowBook, notes: Issue[], isDisabled: (email: string) => boolean): GcpMembers {
  const accounts = new Set<string>();
  const wide = new Set<string>();
  return {
    write(member, pointer) {
      const { kind, name } = partsOf(member);
      if (kind === 'deleted') {
        notes.push(deletedNote(pointer, member));
        return undefined;
      }
      const row = accountOf(member, kind, name, isDisabled) ?? groupOf(member, kind, name);
      rows.add(row);
      if (row.kind === 'account') accounts.add(member);
      else if (kind !== 'group') {
        wide.add(member);
        notes.push(outsideNote(pointer, member));
      }
      return member;
    },
    finish() {
      for (const group of wide)
        for (const externalId of accounts)
          if (belongs(externalId, group)) rows.add({ kind: 'membership', group, member: { externalId } });
    },
  };
}

/** `user:ada@acme.example` → `user`, `ada@acme.example`; `allUsers` has no name of its own. */
function partsOf(member: string): { readonly kind: string; readonly name: string } {
  const at = member.indexOf(':');
  return at < 0 ? { kind: member, name: member } : { kind: member.slice(0, at), name: member.slice(at + 1) };
}

/** Absent: it is no single principal. */
function accountOf(
  member: string,
  kind: string,
  name: string,
  isDisabled: (email: string) => boolean,
): RowDraftOf<'account'> | undefined {
  const row = { kind: 'account', externalId: member, userName: member, displayName: name } as const;
  if (kind === 'user') return { ...row, type: 'HUMAN', emails: [name] };
  if (kind === 'principal') return { ...row, type: 'WORKLOAD' };
  if (kind !== 'serviceAccount') return undefined;
  // `project.svc.id.goog[namespace/name]` is a workload of Kubernetes.
  return { ...row, type: name.endsWith(']') ? 'WORKLOAD' : 'SERVICE_ACCOUNT', active: !isDisabled(name) };
}

function groupOf(member: string, kind: string, name: string): RowDraftOf<'group'> {
  const shown: Readonly<Record<string, string>> = {
    group: name,
    domain: `Everyone of ${name}`,
    allUsers: 'Anyone on the internet',
    allAuthenticatedUsers: 'Anyone with a Google account',
  };
  return { kind: 'group', externalId: member, displayName: shown[kind] ?? member };
}

function belongs(account: string, group: string): boolean {
  const { kind, name } = partsOf(group);
  if (kind === 'domain') return account.startsWith('user:') && account.toLowerCase().endsWith(`@${name.toLowerCase()}`);
  // "Doesn't include identities that come from external identity providers": those of pools are not Google's.
  if (kind === 'allAuthenticatedUsers') return !account.startsWith('principal:') && !account.endsWith(']');
  return kind === 'allUsers';
}

function outsideNote(pointer: string, member: string): Issue {
  return {
    pointer,
    code: 'OUTSIDE',
    message: `\`${member}\` stands as a group; who belongs to it besides those in the files is not known`,
    hint: 'import its members with a snapshot of a source, or take the binding away',
  };
}

function deletedNote(pointer: string, member: string): Issue {
  return {
    pointer,
    code: 'DELETED',
    message: `\`${member}\` is deleted, and has nothing`,
    hint: 'remove it from the binding',
  };
}
