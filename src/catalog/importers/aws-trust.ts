import type { Condition } from '../../graph/condition.js';
import { matchesGlob, parseGlob } from '../../graph/glob.js';
import { accountOf, lastNameOf } from './aws-arn.js';
import { allOf } from './aws-condition.js';
import {
  type Assuming,
  type AwsEstate,
  type Holding,
  type PolicyRole,
  type RightToAct,
  writeRightOfPolicy,
  writeRightToAct,
} from './aws-estate.js';
import type { AwsRole } from './aws-files.js';
import type { AwsStatement } from './aws-statement.js';
import { readTrust, speaksOf, type TrustedPrincipal, type TrustStatement } from './aws-trust-statement.js';
import { opaqueCondition } from './opaque-condition.js';

/**
 * Who may act as the role. The trust policy suffices for a user or role of the same account that it names, and for
 * services and identity providers; where it names an account, a policy of that account's principal must allow it too
 * (IAM User Guide, "Cross-account policy evaluation logic"). Denies of either side count.
 */
export function writeTrust(estate: AwsEstate, role: AwsRole): void {
  const statements = readTrust(estate.notes, role.AssumeRolePolicyDocument, role.file, [
    ...role.path,
    'AssumeRolePolicyDocument',
  ]);
  const own = accountOf(role.Arn) as string;
  const accounts = new Set([own]);
  for (const statement of statements)
    for (const principal of statement.principals) {
      if (principal.kind === 'account') accounts.add(principal.account);
      if (principal.kind === 'anyone') for (const account of estate.principals.keys()) accounts.add(account);
      if (statement.effect === 'DENY') writeDeny(estate, role, principal, statement.condition);
      else
        writeAllow(estate, role, principal, {
          statement,
          denies: statements.filter((each) => each.effect === 'DENY'),
        });
    }
  for (const account of accounts) writePolicyRights(estate, { to: role, account, effect: 'DENY' });
}

/** Of each policy that is held, the statements that speak of assuming a role, by the holder's account. */
export function assumingOf(holdings: readonly Holding[]): AwsEstate['assuming'] {
  const byAccount = new Map<string, Map<AwsStatement, Assuming>>();
  const covering = new Map<AwsStatement, Assuming['covers'] | undefined>();
  for (const { policy, principal, account } of holdings)
    for (const [number, statement] of policy.statements.entries()) {
      if (!covering.has(statement)) covering.set(statement, coveredRoles(statement));
      const covers = covering.get(statement);
      if (covers === undefined) continue;
      const held = byAccount.get(account) ?? new Map<AwsStatement, Assuming>();
      byAccount.set(account, held);
      const assuming = held.get(statement);
      if (assuming) assuming.holders.push(principal);
      else held.set(statement, { policy, number, statement, covers, holders: [principal] });
    }
  return new Map([...byAccount].map(([account, held]) => [account, [...held.values()]]));
}

/** Absent: it does not speak of assuming roles. */
function coveredRoles({ actions, notActions, resources }: AwsStatement): Assuming['covers'] | undefined {
  if (!speaksOf({ actions, notActions }, 'sts:assumerole')) return undefined;
  if (resources === undefined) return () => true;
  const globs = resources.patterns.map(parseGlob);
  return (arn) => globs.some((glob) => matchesGlob(glob, arn)) === (resources.match === 'INSIDE');
}

function writeAllow(
  estate: AwsEstate,
  role: AwsRole,
  principal: TrustedPrincipal,
  { statement, denies }: { readonly statement: TrustStatement; readonly denies: readonly TrustStatement[] },
): void {
  const lifted = denies.flatMap((deny) =>
    deny.principals
      .filter((denied) => covers(denied, principal))
      .map((denied) => deniedUnless(deny, denied, principal)),
  );
  if (lifted.includes('never')) return;
  const condition = allOf(statement.condition, ...lifted.filter((each) => each !== 'never'));
  const own = accountOf(role.Arn) as string;
  const { place } = statement;
  const right = { to: role, effect: 'ALLOW' } as const;
  switch (principal.kind) {
    case 'service':
      estate.rows.add({ kind: 'account', externalId: principal.name, userName: principal.name, type: 'WORKLOAD' });
      writeRightToAct(estate, { ...right, from: principal.name, account: own, condition });
      break;
    case 'outside':
      writeOutsiders(estate, role, outsiderOf(principal.name), { condition, place });
      break;
    case 'named':
      writeNamed(estate, { ...right, from: principal.arn, condition: allOf(condition, principal.condition) }, own);
      break;
    case 'account':
      writeAccount(estate, role, principal.account, { condition, place });
      break;
    case 'anyone':
      writeAnyone(estate, role, { condition: allOf(condition, principal.condition), place });
      break;
  }
}

/** What a statement asks for, and where it stands. */
type Stated = Pick<TrustStatement, 'condition' | 'place'>;

/** Those of the same account need nothing else; others a policy of their own; who is outside of the import may be anybody. */
function writeAnyone(estate: AwsEstate, to: AwsRole, stated: Stated): void {
  const { condition } = stated;
  const own = accountOf(to.Arn) as string;
  writeEveryoneOf(estate, to, own, condition);
  for (const account of estate.principals.keys())
    if (account !== own) writePolicyRights(estate, { to, account, effect: 'ALLOW', condition });
  writeOutsiders(estate, to, outsiderOf('*'), stated);
}

/** What must not be the case for the deny to spare the principal; with no condition of any kind nothing spares it. */
function deniedUnless(
  { condition }: TrustStatement,
  denied: TrustedPrincipal,
  principal: TrustedPrincipal,
): Condition | 'never' {
  const also = denied.kind === 'anyone' ? denied.condition : undefined;
  const inPart =
    denied.kind === 'account' &&
    principal.kind === 'anyone' &&
    opaqueCondition(JSON.stringify({ Principal: denied.account }));
  const all = allOf(condition, also, inPart || undefined);
  return all === undefined ? 'never' : { kind: 'not', of: all };
}

/** Whether the deny is about the principal, or some of those whom it stands for; one that is named is denied by an edge. */
function covers(denied: TrustedPrincipal, principal: TrustedPrincipal): boolean {
  switch (denied.kind) {
    case 'anyone':
      return true;
    case 'account':
      if (principal.kind === 'account') return principal.account === denied.account;
      return principal.kind === 'anyone' || (principal.kind === 'named' && accountOf(principal.arn) === denied.account);
    case 'service':
    case 'outside':
      return principal.kind === denied.kind && [principal.name, '*'].includes(denied.name);
    case 'named':
      return false;
  }
}

/** One that all are denied is written where something is allowed. */
function writeDeny(
  estate: AwsEstate,
  to: AwsRole,
  principal: TrustedPrincipal,
  condition: Condition | undefined,
): void {
  if (principal.kind !== 'named') return;
  const account = accountOf(principal.arn) as string;
  const from = arnOf(estate, principal.arn);
  writeRightToAct(estate, { from, account, to, effect: 'DENY', condition: allOf(condition, principal.condition) });
}

function writeNamed(estate: AwsEstate, right: Omit<RightToAct, 'account'>, own: string): void {
  const from = arnOf(estate, right.from);
  const account = accountOf(from) as string;
  if (account === own) {
    writeRightToAct(estate, { ...right, from, account });
    return;
  }
  const also = opaqueCondition(`a policy of account ${account} must allow sts:AssumeRole on ${right.to.Arn} too`);
  writeRightToAct(estate, { ...right, from, account, condition: allOf(right.condition, also) });
}

/** A session names its role without the path that the role's ARN may have. */
function arnOf({ principals }: AwsEstate, arn: string): string {
  const own = principals.get(accountOf(arn) ?? '') ?? [];
  if (own.includes(arn)) return arn;
  return (
    own.find((each) => each.includes(':role/') && lastNameOf(each) === lastNameOf(arn) && arn.includes(':role/')) ?? arn
  );
}

function writeAccount(estate: AwsEstate, role: AwsRole, account: string, stated: Stated): void {
  if (estate.principals.has(account)) {
    writePolicyRights(estate, { to: role, account, effect: 'ALLOW', condition: stated.condition });
    return;
  }
  const name = `arn:aws:iam::${account}:root`;
  writeOutsiders(estate, role, { name, displayName: `Account ${account}` }, stated);
}

function outsiderOf(name: string): { readonly name: string; readonly displayName: string } {
  return { name, displayName: name === '*' ? 'Anyone in any account' : name };
}

function writeOutsiders(
  estate: AwsEstate,
  to: AwsRole,
  { name, displayName }: { readonly name: string; readonly displayName: string },
  { condition, place }: Stated,
): void {
  estate.rows.add({ kind: 'group', externalId: name, displayName });
  estate.notes.push({
    pointer: place,
    code: 'OUTSIDE',
    message: `trusts \`${name}\`, whose principals are not in the import: it stands as a group without members`,
    hint: 'import their account or source along, or take the trust away',
  });
  writeRightToAct(estate, { from: name, account: accountOf(to.Arn) as string, to, effect: 'ALLOW', condition });
}

function writeEveryoneOf(estate: AwsEstate, to: AwsRole, account: string, condition: Condition | undefined): void {
  const group = `arn:aws:iam::${account}:*`;
  estate.rows.add({ kind: 'group', externalId: group, displayName: `Everyone in account ${account}` });
  for (const arn of estate.principals.get(account) ?? [])
    if (arn !== to.Arn) estate.rows.add({ kind: 'membership', group, member: { externalId: arn } });
  writeRightToAct(estate, { from: group, account, to, effect: 'ALLOW', condition });
}

interface PolicyRight extends Omit<RightToAct, 'from' | 'condition'> {
  /** What the trust policy asks for. */
  readonly condition?: Condition | undefined;
}

/** The rights that policies held in the account give, or take: by the policy itself, or to each holder under a condition. */
function writePolicyRights(estate: AwsEstate, right: PolicyRight): void {
  for (const assuming of estate.assuming.get(right.account) ?? []) {
    const { statement, policy } = assuming;
    if (statement.effect !== right.effect || !assuming.covers(right.to.Arn)) continue;
    const condition = allOf(right.condition, statement.condition, boundaryDoubt(policy));
    writeRightOfPolicy(estate, assuming, { ...right, condition });
  }
}

function boundaryDoubt({ isBoundary }: PolicyRole): Condition | undefined {
  if (!isBoundary) return undefined;
  return opaqueCondition('a permissions boundary does not limit what a trust policy gives to a user by its ARN');
}
