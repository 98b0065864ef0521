import type { Condition } from '../../graph/condition.js';
import { hashOf } from '../../graph/ids.js';
import type { Issue } from '../../kernel/errors.js';
import { accountPathOf, lastNameOf } from './aws-arn.js';
import type { AwsRole } from './aws-files.js';
import type { AwsStatement } from './aws-statement.js';
import type { RoleDraft, RowBook } from './platform-import.js';

/** A policy as a role of the catalogue, with what it says. */
export interface PolicyRole {
  /** The managed policy's name or ARN, or the principal's ARN with the name of its inline policy. */
  readonly name: string;
  readonly statements: readonly AwsStatement[];
  /** What a permissions boundary takes away. */
  readonly isBoundary: boolean;
  /** Where it stands; of one that nobody exported, where it is attached. */
  readonly place: string;
}

/** Who holds a policy: `principal` is the ARN of a user, group or role of `account`. */
export interface Holding {
  readonly principal: string;
  readonly account: string;
  readonly policy: PolicyRole;
}

/** A statement of a policy that speaks of `sts:AssumeRole`, with all in one account who hold the policy. */
export interface Assuming {
  readonly policy: PolicyRole;
  /** Its number in the policy, from 0. */
  readonly number: number;
  readonly statement: AwsStatement;
  readonly holders: string[];
  /** Whether it speaks of the role of that ARN. */
  readonly covers: (arn: string) => boolean;
}

/** What the export says of all accounts, as far as trust policies need it, and where what they say is written. */
export interface AwsEstate {
  /** ARNs of users and roles, by account. */
  readonly principals: ReadonlyMap<string, readonly string[]>;
  /** Statements that speak of assuming roles, by the account of those who hold them. */
  readonly assuming: ReadonlyMap<string, readonly Assuming[]>;
  readonly rows: RowBook;
  /** Where roles go that stand for a right to act under a condition, by name. */
  readonly assumeRoles: Map<string, RoleDraft>;
  readonly notes: Issue[];
}

/** A right to act as the role `to`, held by a principal of `account`. */
export interface RightToAct {
  readonly from: string;
  readonly account: string;
  readonly to: AwsRole;
  readonly effect: 'ALLOW' | 'DENY';
  readonly condition: Condition | undefined;
}

/**
 * (:Identity)-[:CAN_ACT_AS]->(:Identity). A right has no condition of its own: one that hangs on a condition is held
 * through a role without permissions that is assigned under that condition.
 */
export function writeRightToAct(estate: AwsEstate, right: RightToAct): void {
  const { from, to, effect, condition } = right;
  if (condition === undefined) {
    estate.rows.add({ kind: 'actAs', from: { externalId: from }, to: to.Arn, effect });
    return;
  }
  const name = `${VERBS[effect]} ${to.Arn} if ${shortHash(condition)}`;
  const displayName = `${VERBS[effect]} ${to.RoleName}`;
  writeConditional(estate, { ...right, condition, name, displayName, holders: [from] });
}

/** What a policy's statement gives, or takes, to whoever holds the policy in the account. */
export function writeRightOfPolicy(
  estate: AwsEstate,
  { policy, number, holders }: Assuming,
  right: Omit<RightToAct, 'from'>,
): void {
  const { to, effect, condition, account } = right;
  if (condition === undefined) {
    estate.rows.add({ kind: 'actAs', role: policy.name, to: to.Arn, effect, at: accountPathOf(account) });
    return;
  }
  // One for all roles that it speaks of: those who hold it are many, and so are they.
  const name = `${VERBS[effect]} by ${policy.name} if ${shortHash([account, number, condition])}`;
  const displayName = `${VERBS[effect]} by ${lastNameOf(policy.name)}`;
  const isThere = estate.assumeRoles.has(name);
  writeConditional(estate, { ...right, condition, name, displayName, holders: isThere ? [] : holders });
}

const VERBS = { ALLOW: 'assume', DENY: 'not assume' } as const;

interface ConditionalRight extends Omit<RightToAct, 'from' | 'condition'> {
  readonly condition: Condition;
  readonly name: string;
  readonly displayName: string;
  readonly holders: readonly string[];
}

function writeConditional(
  { rows, assumeRoles }: AwsEstate,
  { name, displayName, holders, account, to, effect, condition }: ConditionalRight,
): void {
  const at = accountPathOf(account);
  assumeRoles.set(name, { name, displayName, description: 'To act as another under a condition', assignable: false });
  for (const externalId of holders)
    rows.add({ kind: 'assignment', principal: { externalId }, role: name, scope: at, condition });
  rows.add({ kind: 'actAs', role: name, to: to.Arn, effect, at });
}

function shortHash(content: unknown): string {
  return hashOf(JSON.stringify(content)).slice(0, 12);
}
