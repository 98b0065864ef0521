import type { Condition } from '../../graph/condition.js';
import type { GcpRole } from './gcp-files.js';
import type { GcpHome } from './gcp-homes.js';
import type { RoleDraft, RowBook, RowDraftOf } from './platform-import.js';

/** With any of them one gets tokens or a key of the service account, or signs as it. */
const tokenPermissions = [
  'iam.serviceAccounts.getAccessToken',
  'iam.serviceAccounts.signJwt',
  'iam.serviceAccounts.signBlob',
  'iam.serviceAccounts.implicitDelegation',
  'iam.serviceAccountKeys.create',
];
/** With these one acts as it where something else is there too. */
const SECOND_STEPS: Readonly<Record<string, string>> = {
  'iam.serviceAccounts.actAs': 'something that runs as the service account must be made or changed too',
  'iam.serviceAccounts.getOpenIdToken': 'what is asked must take the service account’s OpenID tokens',
};

interface ActingEstate {
  readonly roles: ReadonlyMap<string, GcpRole>;
  readonly rows: RowBook;
  /** Where roles go that stand for a right to act under a condition, by name. */
  readonly ownRoles: Map<string, RoleDraft>;
}

/**
 * A role that gives tokens of service accounts lets its holders act as those that live where it is bound. One that needs a
 * second step is held through a role without permissions that is assigned under that condition.
 */
export function writeActing(homes: readonly GcpHome[], estate: ActingEstate): void {
  const acting = new Map<string, Set<string>>();
  const add = (path: string, role: string) => acting.set(path, (acting.get(path) ?? new Set()).add(role));
  for (const row of [...estate.rows.rowsOf('assignment')]) {
    const permissions = estate.roles.get(row.role)?.includedPermissions ?? [];
    const path = row.scope ?? '/';
    if (permissions.some((permission) => tokenPermissions.includes(permission))) add(path, row.role);
    else
      for (const permission of permissions.filter((each) => Object.hasOwn(SECOND_STEPS, each)))
        add(path, writeSecondStep(permission, row, estate));
  }
  for (const { account: to, path: at } of homes)
    for (const path of pathsAbove(at))
      for (const role of acting.get(path) ?? []) estate.rows.add({ kind: 'actAs', role, to, at });
}

function writeSecondStep(
  permission: string,
  { id: _, condition, ...row }: RowDraftOf<'assignment'>,
  { rows, ownRoles }: ActingEstate,
): string {
  const name = `act by ${permission}`;
  const description = `To act as a service account by ${permission}: ${SECOND_STEPS[permission]}`;
  ownRoles.set(name, { name, description, assignable: false });
  const step: Condition = { kind: 'opaque', text: SECOND_STEPS[permission] as string };
  rows.add({ ...row, role: name, condition: condition ? { kind: 'all', of: [condition, step] } : step });
  return name;
}

/** `/a/b` → `/a/b`, `/a`, `/`. */
function pathsAbove(path: string): readonly string[] {
  const steps = path.split('/').slice(1);
  return [...steps.map((_, at) => `/${steps.slice(0, steps.length - at).join('/')}`), '/'];
}
