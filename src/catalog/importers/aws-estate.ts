import type { Condition } from '../../graph/condition.js';
import { hashOf } from '../../graph/ids.js';
import type { Issue } from '../../kernel/errors.js';
import { accountPathOf } from './aws-arn.js';
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
}

/** Who holds a policy: `principal` is the ARN of a user, group or role of `account`. */
export interface Holding {
  readonly principal: string;
  readonly account: string;
  readonly policy: PolicyRole;
}

/** A statement of a held policy that speaks of `sts:AssumeRole`. */
export interface Assuming {
  readonly holding: Holding;
  readonly statement: AwsStatement;
  /** Whether it speaks of the role of that ARN. */
  readonly covers: (arn: string) => boolean;
}

/** What the export says of all accounts, as far as trust policies need it, and where what they say is written. */
export interface AwsEstate {
  /** ARNs of users and roles, by account. */
  readonly principals: ReadonlyMap<string, readonly string[]>;
  /** Statements of held policies that speak of assuming roles, by the holder's account. */
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
export function writeRightToAct({ rows, assumeRoles }: AwsEstate, right: RightToAct): void {
  const { from, to, effect, condition } = right;
  if (condition === undefined) {
    rows.add({ kind: 'actAs', from: { externalId: from }, to: to.Arn, effect });
    return;
  }
  const name = `${effect === 'ALLOW' ? 'assume' : 'not assume'} ${to.Arn} if ${hashOf(JSON.stringify(condition)).slice(0, 8)}`;
  const description = `To act as ${to.Arn} under a condition`;
  const at = accountPathOf(right.account);
  assumeRoles.set(name, {
    name,
    displayName: `${effect === 'ALLOW' ? 'Assume' : 'Not assume'} ${to.RoleName}`,
    description,
    assignable: false,
  });
  rows.add({ kind: 'assignment', principal: { externalId: from }, role: name, scope: at, condition });
  rows.add({ kind: 'actAs', role: name, to: to.Arn, effect, at });
}
