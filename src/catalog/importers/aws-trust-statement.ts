import type { Condition } from '../../graph/condition.js';
import { matchesGlob, parseGlob } from '../../graph/glob.js';
import type { Issue } from '../../kernel/errors.js';
import { type AwsStatement, readConditionOf, type TrustDocument } from './aws-statement.js';
import { opaqueCondition } from './opaque-condition.js';
import { placeOf } from './platform-import.js';

/** A trust statement that speaks of assuming the role. */
export interface TrustStatement {
  readonly effect: 'ALLOW' | 'DENY';
  readonly principals: readonly TrustedPrincipal[];
  readonly condition: Condition | undefined;
  readonly place: string;
}
export type TrustedPrincipal =
  /** A user or role by its ARN; `condition`: only in some sessions. */
  | { readonly kind: 'named'; readonly arn: string; readonly condition?: Condition }
  /** Whoever in that account may by a policy of its own. */
  | { readonly kind: 'account'; readonly account: string }
  | { readonly kind: 'anyone'; readonly condition?: Condition }
  | { readonly kind: 'service'; readonly name: string }
  /** An identity provider, or something else outside; `*` is any provider. */
  | { readonly kind: 'outside'; readonly name: string };

/** Who signs in at an identity provider assumes a role by other actions than who has keys of AWS. */
const federatedActions = ['sts:assumerolewithsaml', 'sts:assumerolewithwebidentity'];

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
    const means: Means = {
      keys: speaksOf(actions, 'sts:assumerole'),
      provider: federatedActions.some((action) => speaksOf(actions, action)),
    };
    if (!means.keys && !means.provider) return [];
    const condition = readConditionOf(statement.Condition, variables, place, notes);
    const effect = statement.Effect === 'Allow' ? 'ALLOW' : 'DENY';
    if (statement.Principal)
      return [{ effect, principals: principalsOf(statement.Principal, means), condition, place }];
    notes.push({
      pointer: `${place}/NotPrincipal`,
      code: 'CONDITIONAL',
      message: 'speaks of all principals but some, which is no group; it is taken for everybody, under a condition',
      hint: 'name the principals that are meant',
    });
    const others = opaqueCondition(JSON.stringify({ NotPrincipal: statement.NotPrincipal }));
    return [{ effect, principals: [{ kind: 'anyone', condition: others }], condition, place }];
  });
}

/** By what a statement lets the role be assumed. */
interface Means {
  readonly keys: boolean;
  readonly provider: boolean;
}

function principalsOf(
  given: NonNullable<TrustDocument['Statement'][number]['Principal']>,
  { keys, provider }: Means,
): readonly TrustedPrincipal[] {
  return Object.entries(given).flatMap(([type, names]) =>
    (names ?? []).flatMap((name): readonly TrustedPrincipal[] => {
      if (type === 'Federated') return provider ? [{ kind: 'outside', name }] : [];
      if (!keys) return name === '*' ? [{ kind: 'outside', name }] : [];
      if (type === 'Service') return [{ kind: 'service', name }];
      return [type === 'AWS' ? awsPrincipal(name) : { kind: 'outside', name }];
    }),
  );
}

function awsPrincipal(name: string): TrustedPrincipal {
  if (name === '*') return { kind: 'anyone' };
  if (/^\d{12}$/.test(name)) return { kind: 'account', account: name };
  const [, partition = '', , , account = '', resource = ''] = name.split(':');
  if (resource === 'root') return { kind: 'account', account };
  if (/^(user|role)\//.test(resource)) return { kind: 'named', arn: name };
  const [session, roleName] = resource.split('/');
  if (session !== 'assumed-role') return { kind: 'outside', name };
  return {
    kind: 'named',
    arn: `arn:${partition}:iam::${account}:role/${roleName}`,
    condition: opaqueCondition(JSON.stringify({ session: name })),
  };
}

/** Whether the statement's patterns match the action, which is in lower case. */
export function speaksOf(
  { actions, notActions }: Pick<AwsStatement, 'actions' | 'notActions'>,
  action: string,
): boolean {
  const matches = (pattern: string) => matchesGlob(parseGlob(pattern.toLowerCase()), action);
  return actions.some(matches) && !notActions.some(matches);
}
