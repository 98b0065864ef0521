import type { Condition } from '../../graph/condition.js';
import { matchesGlob, parseGlob } from '../../graph/glob.js';
import type { Issue } from '../../kernel/errors.js';
import { opaqueCondition } from './aws-condition.js';
import { type AwsStatement, readConditionOf, type TrustDocument } from './aws-statement.js';
import { placeOf } from './platform-import.js';

/** A trust statement that speaks of assuming the role. */
export interface TrustStatement {
  readonly effect: 'ALLOW' | 'DENY';
  readonly principals: readonly TrustedPrincipal[];
  readonly condition: Condition | undefined;
}
export type TrustedPrincipal =
  /** A user or role by its ARN; `condition`: only in some sessions. */
  | { readonly kind: 'named'; readonly arn: string; readonly condition?: Condition }
  /** Whoever in that account may by a policy of its own. */
  | { readonly kind: 'account'; readonly account: string }
  | { readonly kind: 'anyone'; readonly condition?: Condition }
  | { readonly kind: 'service'; readonly name: string }
  /** An identity provider, or something else outside. */
  | { readonly kind: 'outside'; readonly name: string };

const assumeActions = ['sts:assumerole', 'sts:assumerolewithsaml', 'sts:assumerolewithwebidentity'];

/** Those of the document's statements that speak of assuming the role; what is conditional is added to `notes`. */
export function readTrust(
  notes: Issue[],
  document: TrustDocument,
  file: string,
  path: readonly PropertyKey[],
): readonly TrustStatement[] {
  const variables = document.Version === '2012-10-17';
  return document.Statement.flatMap((statement, at) => {
    const place = placeOf(file, [...path, 'Statement', at]);
    const actions = { actions: statement.Action ?? ['*'], notActions: statement.NotAction ?? [] };
    if (!assumeActions.some((action) => speaksOf(actions, action))) return [];
    const condition = readConditionOf(statement.Condition, variables, place, notes);
    const effect = statement.Effect === 'Allow' ? 'ALLOW' : 'DENY';
    if (statement.Principal) return [{ effect, principals: principalsOf(statement.Principal), condition }];
    notes.push({
      pointer: `${place}/NotPrincipal`,
      code: 'CONDITIONAL',
      message: 'speaks of all principals but some, which is no group; it is taken for everybody, under a condition',
      hint: 'name the principals that are meant',
    });
    const others = opaqueCondition(JSON.stringify({ NotPrincipal: statement.NotPrincipal }));
    return [{ effect, principals: [{ kind: 'anyone', condition: others }], condition }];
  });
}

function principalsOf(
  given: NonNullable<TrustDocument['Statement'][number]['Principal']>,
): readonly TrustedPrincipal[] {
  return Object.entries(given).flatMap(([type, names]) =>
    (names ?? []).map((name): TrustedPrincipal => {
      if (type === 'Service') return { kind: 'service', name };
      if (type !== 'AWS') return { kind: 'outside', name };
      if (name === '*') return { kind: 'anyone' };
      if (/^\d{12}$/.test(name)) return { kind: 'account', account: name };
      const [, , , , account = '', resource = ''] = name.split(':');
      if (resource === 'root') return { kind: 'account', account };
      if (/^(user|role)\//.test(resource)) return { kind: 'named', arn: name };
      const [session, roleName] = resource.split('/');
      if (session !== 'assumed-role') return { kind: 'outside', name };
      return {
        kind: 'named',
        arn: `arn:aws:iam::${account}:role/${roleName}`,
        condition: opaqueCondition(JSON.stringify({ session: name })),
      };
    }),
  );
}

/** Whether the statement's patterns match the action, which is in lower case. */
export function speaksOf(
  { actions, notActions }: Pick<AwsStatement, 'actions' | 'notActions'>,
  action: string,
): boolean {
  const matches = (pattern: string) => matchesGlob(parseGlob(pattern.toLowerCase()), action);
  return actions.some(matches) && !notActions.some(matches);
}
