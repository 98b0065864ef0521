import { accountOf, accountPathOf, lastNameOf } from './aws-arn.js';
import { boundaryDenies, boundaryNote } from './aws-boundary.js';
import { opaqueCondition } from './aws-condition.js';
import type { AwsEstate, Holding, PolicyRole } from './aws-estate.js';
import type { AccountDetails, AwsGroup, AwsRole, AwsUser } from './aws-files.js';
import { readPolicy } from './aws-statement.js';
import { writeTrust } from './aws-trust.js';
import { placeOf } from './platform-import.js';

/** One export of one account. */
export interface AwsExport {
  readonly file: string;
  readonly details: AccountDetails;
}

/** What exports of accounts need of the rest of the import. */
export interface AccountSetting {
  readonly estate: Omit<AwsEstate, 'principals' | 'holdings'>;
  /** The managed policy of that ARN; absent: nobody exported it. */
  readonly policyOf: (arn: string) => PolicyRole | undefined;
  /** Keeps a policy as a role of the catalogue. */
  readonly addPolicy: (policy: PolicyRole) => void;
  /** Names of all actions, for what a boundary does not allow. */
  readonly actions: readonly string[];
}

/** Users, groups, roles and who holds what, of all accounts; then who may act as whom, which needs them all. */
export function writeAccounts(exports: readonly AwsExport[], setting: AccountSetting): void {
  const holdings = exports.flatMap((each) => writeDetails(each, setting));
  const principals = new Map<string, string[]>();
  for (const { details } of exports)
    for (const { Arn } of [...details.UserDetailList, ...details.RoleDetailList])
      principals.set(accountOf(Arn) as string, [...(principals.get(accountOf(Arn) as string) ?? []), Arn]);
  const estate = { ...setting.estate, principals, holdings };
  for (const { policy, principal, account } of holdings)
    estate.rows.add({
      kind: 'assignment',
      principal: { externalId: principal },
      role: policy.name,
      scope: accountPathOf(account),
    });
  for (const { file, details } of exports)
    for (const [at, role] of details.RoleDetailList.entries())
      writeTrust(estate, role, file, ['RoleDetailList', at, 'AssumeRolePolicyDocument']);
}

function writeDetails({ file, details }: AwsExport, setting: AccountSetting): readonly Holding[] {
  const { rows } = setting.estate;
  const groups = new Map(details.GroupDetailList.map((group) => [group.GroupName, group.Arn]));
  const everybody = [...details.UserDetailList, ...details.GroupDetailList, ...details.RoleDetailList];
  for (const account of new Set(everybody.map(({ Arn }) => accountOf(Arn) as string)))
    rows.add({ kind: 'resource', path: accountPathOf(account), displayName: `Account ${account}` });
  for (const role of details.RoleDetailList) writeAccountRow(role.Arn, 'role', setting);
  for (const user of details.UserDetailList) {
    writeAccountRow(user.Arn, 'user', setting);
    for (const name of user.GroupList) {
      const group = groups.get(name) ?? `arn:aws:iam::${accountOf(user.Arn)}:group/${name}`;
      rows.add({ kind: 'membership', group, member: { externalId: user.Arn } });
    }
  }
  for (const group of details.GroupDetailList)
    rows.add({ kind: 'group', externalId: group.Arn, displayName: group.GroupName });
  return [
    ...holdingsOf(details.UserDetailList, 'UserDetailList', 'UserPolicyList', { file, setting }),
    ...holdingsOf(details.GroupDetailList, 'GroupDetailList', 'GroupPolicyList', { file, setting }),
    ...holdingsOf(details.RoleDetailList, 'RoleDetailList', 'RolePolicyList', { file, setting }),
  ];
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

function holdingsOf<Kind extends Holder, Field extends keyof Kind & string>(
  holders: readonly (Kind & Readonly<Record<Field, readonly Inline[]>>)[],
  list: string,
  field: Field,
  { file, setting }: { readonly file: string; readonly setting: AccountSetting },
): readonly Holding[] {
  return holders.flatMap((holder, at) => {
    const inline = (holder[field] as readonly Inline[]).map((each, i) => {
      const { statements, notes } = readPolicy(each.PolicyDocument, file, [list, at, field, i, 'PolicyDocument']);
      setting.estate.notes.push(...notes);
      const policy = { name: `${holder.Arn} inline ${each.PolicyName}`, statements, isBoundary: false };
      setting.addPolicy(policy);
      return policy;
    });
    const attached = holder.AttachedManagedPolicies.map(({ PolicyArn }, i) =>
      managedPolicy(PolicyArn, placeOf(file, [list, at, 'AttachedManagedPolicies', i]), setting),
    );
    const boundary = 'PermissionsBoundary' in holder ? holder.PermissionsBoundary?.PermissionsBoundaryArn : undefined;
    const limits =
      boundary === undefined
        ? []
        : [boundaryPolicy(boundary, placeOf(file, [list, at, 'PermissionsBoundary']), setting)];
    const account = accountOf(holder.Arn) as string;
    return [...inline, ...attached, ...limits].map((policy) => ({ principal: holder.Arn, account, policy }));
  });
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
  return { name: policyNameOf(arn), statements: [], isBoundary: false };
}

/** One that nobody exported makes everything conditional: it may take anything away. */
function boundaryPolicy(arn: string, pointer: string, setting: AccountSetting): PolicyRole {
  const policy = managedPolicy(arn, pointer, setting);
  const known = setting.policyOf(arn) !== undefined;
  const { statements, tooMany } = known ? boundaryDenies(policy.statements, setting.actions) : unknownBoundary(arn);
  if (tooMany.length > 0) setting.estate.notes.push(boundaryNote(pointer, tooMany));
  const limit = { name: `${policy.name} as boundary`, statements, isBoundary: true };
  setting.addPolicy(limit);
  return limit;
}

function unknownBoundary(arn: string): ReturnType<typeof boundaryDenies> {
  const condition = opaqueCondition(`the permissions boundary ${arn} does not allow it`);
  return { statements: [{ effect: 'DENY', actions: ['*'], notActions: [], condition }], tooMany: [] };
}

/** Policies of Amazon's by their name, which only they have; others by ARN. */
export function policyNameOf(arn: string): string {
  return accountOf(arn) === 'aws' ? lastNameOf(arn) : arn;
}
