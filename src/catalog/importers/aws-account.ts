import { groupedBy } from '../../kernel/grouped-by.js';
import { accountOf, accountPathOf, lastNameOf } from './aws-arn.js';
import { boundaryDenies, boundaryNote } from './aws-boundary.js';
import type { AwsEstate, Holding, PolicyRole } from './aws-estate.js';
import type { AwsGroup, AwsRole, AwsUser } from './aws-files.js';
import { readPolicy } from './aws-statement.js';
import { assumingOf, writeTrust } from './aws-trust.js';
import { opaqueCondition } from './opaque-condition.js';
import { placeOf, refusal } from './platform-import.js';

/** What the exports hold, each by ARN. */
export interface AwsAccounts {
  readonly users: Map<string, AwsUser>;
  readonly groups: Map<string, AwsGroup>;
  readonly roles: Map<string, AwsRole>;
}

/** What exports of accounts need of the rest of the import. */
export interface AccountSetting {
  readonly estate: Omit<AwsEstate, 'principals' | 'assuming'>;
  /** The managed policy of that ARN; absent: nobody exported it. */
  readonly policyOf: (arn: string) => PolicyRole | undefined;
  /** Keeps a policy as a role of the catalogue. */
  readonly addPolicy: (policy: PolicyRole) => void;
  /** Names of all actions, for what a boundary does not allow. */
  readonly actions: readonly string[];
  /** What boundaries take away, by ARN, as they come up. */
  readonly boundaries: Map<string, Boundary>;
}

interface Boundary {
  readonly policy: PolicyRole;
  /** Actions of which it takes away what nobody can say. */
  readonly tooMany: readonly string[];
}

/** Users, groups, roles and who holds what, of all accounts; then who may act as whom, which needs them all. */
export function writeAccounts(accounts: AwsAccounts, setting: AccountSetting): void {
  const holdings = writePrincipals(accounts, setting);
  const arns = [...accounts.users.values(), ...accounts.roles.values()].map(({ Arn }) => Arn);
  const principals = groupedBy(arns, (arn) => accountOf(arn) as string);
  const estate = { ...setting.estate, principals, assuming: assumingOf(holdings) };
  for (const { policy, principal, account } of holdings)
    estate.rows.add({
      kind: 'assignment',
      principal: { externalId: principal },
      role: policy.name,
      scope: accountPathOf(account),
    });
  for (const role of accounts.roles.values()) writeTrust(estate, role);
}

function writePrincipals({ users, groups, roles }: AwsAccounts, setting: AccountSetting): readonly Holding[] {
  const { rows } = setting.estate;
  const byName = new Map([...groups.values()].map(({ Arn, GroupName }) => [`${accountOf(Arn)} ${GroupName}`, Arn]));
  for (const arn of [...users.keys(), ...groups.keys(), ...roles.keys()]) {
    const account = accountOf(arn) as string;
    rows.add({ kind: 'resource', path: accountPathOf(account), displayName: `Account ${account}` });
  }
  for (const role of roles.values()) writeAccountRow(role.Arn, 'role', setting);
  for (const user of users.values()) {
    writeAccountRow(user.Arn, 'user', setting);
    for (const [at, name] of user.GroupList.entries()) {
      const group = byName.get(`${accountOf(user.Arn)} ${name}`);
      if (group === undefined) throw unknownGroup(placeOf(user.file, [...user.path, 'GroupList', at]), name);
      rows.add({ kind: 'membership', group, member: { externalId: user.Arn } });
    }
  }
  for (const group of groups.values()) rows.add({ kind: 'group', externalId: group.Arn, displayName: group.GroupName });
  return [
    ...[...users.values()].flatMap((user) => holdingsOf(user, 'UserPolicyList', user.UserPolicyList, setting)),
    ...[...groups.values()].flatMap((group) => holdingsOf(group, 'GroupPolicyList', group.GroupPolicyList, setting)),
    ...[...roles.values()].flatMap((role) => holdingsOf(role, 'RolePolicyList', role.RolePolicyList, setting)),
  ];
}

function unknownGroup(pointer: string, name: string) {
  return refusal(pointer, 'UNKNOWN_GROUP', `\`${name}\` is no group of the account`, 'export without a filter');
}

/** A user of IAM may be a person or a program, and the export does not say which. */
const accountTypes = { user: 'SERVICE_ACCOUNT', role: 'WORKLOAD' } as const;

function writeAccountRow(arn: string, kind: 'user' | 'role', { estate }: AccountSetting): void {
  const displayName = lastNameOf(arn);
  const userName = `${accountOf(arn)}:${kind}/${displayName}`;
  estate.rows.add({ kind: 'account', externalId: arn, userName, displayName, type: accountTypes[kind] });
}

type Holder = AwsUser | AwsGroup | AwsRole;
interface Inline {
  readonly PolicyName: string;
  readonly PolicyDocument: Parameters<typeof readPolicy>[0];
}

function holdingsOf(
  holder: Holder,
  field: string,
  inlined: readonly Inline[],
  setting: AccountSetting,
): readonly Holding[] {
  const { file, path } = holder;
  const inline = inlined.map((each, i) => {
    const { statements, notes } = readPolicy(each.PolicyDocument, file, [...path, field, i, 'PolicyDocument']);
    setting.estate.notes.push(...notes);
    const place = placeOf(file, [...path, field, i]);
    const policy = { name: `${holder.Arn} inline ${each.PolicyName}`, statements, isBoundary: false, place };
    setting.addPolicy(policy);
    return policy;
  });
  const attached = holder.AttachedManagedPolicies.map(({ PolicyArn }, i) =>
    managedPolicy(PolicyArn, placeOf(file, [...path, 'AttachedManagedPolicies', i]), setting),
  );
  const boundary = 'PermissionsBoundary' in holder ? holder.PermissionsBoundary?.PermissionsBoundaryArn : undefined;
  const limits =
    boundary === undefined ? [] : [boundaryPolicy(boundary, placeOf(file, [...path, 'PermissionsBoundary']), setting)];
  const account = accountOf(holder.Arn) as string;
  return [...inline, ...attached, ...limits].map((policy) => ({ principal: holder.Arn, account, policy }));
}

/** One that nobody exported is assigned all the same: it conveys nothing until it is imported. */
function managedPolicy(arn: string, pointer: string, { policyOf, estate }: AccountSetting): PolicyRole {
  const policy = policyOf(arn);
  if (policy) return policy;
  estate.notes.push({
    pointer,
    code: 'UNKNOWN_POLICY',
    message: `\`${arn}\` is attached, and its statements are not in the import`,
    hint: 'export without a filter, or send the list of managed policies along',
  });
  return { name: policyNameOf(arn), statements: [], isBoundary: false, place: pointer };
}

/** One that nobody exported makes everything conditional: it may take anything away. */
function boundaryPolicy(arn: string, pointer: string, setting: AccountSetting): PolicyRole {
  const policy = managedPolicy(arn, pointer, setting);
  const limit = setting.boundaries.get(arn) ?? boundaryOf(policy, arn, setting);
  setting.boundaries.set(arn, limit);
  if (limit.tooMany.length > 0) setting.estate.notes.push(boundaryNote(pointer, limit.tooMany));
  return limit.policy;
}

function boundaryOf({ name, statements: allowed, place }: PolicyRole, arn: string, setting: AccountSetting): Boundary {
  const known = setting.policyOf(arn) !== undefined;
  const { statements, tooMany } = known ? boundaryDenies(allowed, setting.actions) : unknownBoundary(arn);
  const policy = { name: `${name} as boundary`, statements, isBoundary: true, place };
  setting.addPolicy(policy);
  return { policy, tooMany };
}

function unknownBoundary(arn: string): ReturnType<typeof boundaryDenies> {
  const condition = opaqueCondition(`the permissions boundary ${arn} does not allow it`);
  return { statements: [{ effect: 'DENY', actions: ['*'], notActions: [], condition }], tooMany: [] };
}

/** Policies of Amazon's by their name, which only they have; others by ARN. */
export function policyNameOf(arn: string): string {
  return accountOf(arn) === 'aws' ? lastNameOf(arn) : arn;
}
