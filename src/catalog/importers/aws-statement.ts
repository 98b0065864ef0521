import { z } from 'zod';
import type { Condition, ResourcePattern } from '../../graph/condition.js';
import type { Issue } from '../../kernel/errors.js';
import { pointerOf } from '../document-issues.js';
import { resourcePatternOf } from './aws-arn.js';
import { type AwsConditionBlock, allOf, readAwsCondition } from './aws-condition.js';
import { opaqueCondition } from './opaque-condition.js';
import { placeOf, type StatementDraft } from './platform-import.js';

const values = z
  .union([z.string(), z.array(z.string()).min(1)])
  .transform((value) => (Array.isArray(value) ? value : [value]));
const scalar = z.union([z.string(), z.number(), z.boolean()]);
const conditionBlock = z.record(z.string(), z.record(z.string(), z.union([scalar, z.array(scalar)])));
const listed = <Item extends z.ZodType>(item: Item) =>
  z.preprocess((value) => (Array.isArray(value) ? value : [value]), z.array(item));

const principals = z.union([
  z.literal('*').transform(() => ({ AWS: ['*'] })),
  z.record(z.enum(['AWS', 'Service', 'Federated', 'CanonicalUser']), values.optional()),
]);

const statementFields = {
  Sid: z.string().optional(),
  Effect: z.enum(['Allow', 'Deny']),
  Action: values.optional(),
  NotAction: values.optional(),
  Condition: conditionBlock.optional(),
};
const hasActions = (one: { readonly Action?: unknown; readonly NotAction?: unknown }) =>
  (one.Action === undefined) !== (one.NotAction === undefined);
const actionsHint = {
  message: 'has both or neither of `Action` and `NotAction`',
  params: { hint: 'give one of them' },
};

const identityStatement = z
  .strictObject({ ...statementFields, Resource: values.optional(), NotResource: values.optional() })
  .refine(hasActions, actionsHint)
  .refine((one) => (one.Resource === undefined) !== (one.NotResource === undefined), {
    message: 'has both or neither of `Resource` and `NotResource`',
    params: { hint: 'give one of them' },
  });
const trustStatement = z
  .strictObject({ ...statementFields, Principal: principals.optional(), NotPrincipal: principals.optional() })
  .refine(hasActions, actionsHint);

const document = <Statement extends z.ZodType>(statement: Statement) =>
  z.strictObject({ Version: z.string().optional(), Id: z.string().optional(), Statement: listed(statement) });

/** Every element that IAM's policy grammar knows, and no other: an unknown one could mean anything. */
export const policyDocument = document(identityStatement);
export const trustDocument = document(trustStatement);
export type PolicyDocument = z.output<typeof policyDocument>;
export type TrustDocument = z.output<typeof trustDocument>;
type IdentityStatement = PolicyDocument['Statement'][number];

/** A statement in the model's words. Absent `resources`: it speaks of all. */
export interface AwsStatement {
  readonly sid?: string;
  readonly effect: 'ALLOW' | 'DENY';
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  /** As AWS writes them, policy variables widened to `*` where `condition` says that they are there. */
  readonly resources?: ResourcePattern;
  readonly condition?: Condition;
}

export interface ReadPolicy {
  readonly statements: readonly AwsStatement[];
  readonly notes: readonly Issue[];
}

/** Since that version `${…}` is a variable; before, it is text. */
const versionWithVariables = '2012-10-17';

export function readPolicy(policy: PolicyDocument, file: string, path: readonly PropertyKey[]): ReadPolicy {
  const notes: Issue[] = [];
  const statements = policy.Statement.flatMap((statement, at) => {
    const place = placeOf(file, [...path, 'Statement', at]);
    return readStatement(statement, policy.Version === versionWithVariables, place, notes);
  });
  return { statements, notes };
}

/** `Sid` names the grants where it is the role's only one of that name, so that they keep it when the statement changes. */
export function toStatementDrafts(statements: readonly AwsStatement[]): readonly StatementDraft[] {
  const counts = new Map<string, number>();
  for (const { sid } of statements) if (sid !== undefined) counts.set(sid, (counts.get(sid) ?? 0) + 1);
  return statements.map(({ sid, effect, actions, notActions, resources, condition }) => {
    const patterns = resources?.patterns.map(resourcePatternOf);
    return {
      ...(sid !== undefined && counts.get(sid) === 1 && { name: sid }),
      effect,
      actions: [...actions],
      ...(notActions.length > 0 && { notActions: [...notActions] }),
      ...(patterns && (resources?.match === 'INSIDE' ? { resources: patterns } : { notResources: patterns })),
      ...(condition && { condition }),
    };
  });
}

/** Shared with trust policies: the statement's `Condition`, with a note for what nobody can judge. */
export function readConditionOf(
  block: AwsConditionBlock | undefined,
  variables: boolean,
  place: string,
  notes: Issue[],
): Condition | undefined {
  if (block === undefined || Object.keys(block).length === 0) return undefined;
  const { condition, opaque } = readAwsCondition(block, variables);
  for (const part of opaque)
    notes.push(conditional(`${place}${pointerOf(['Condition'])}`, `the condition \`${part}\` cannot be judged here`));
  return condition;
}

function readStatement(
  statement: IdentityStatement,
  variables: boolean,
  place: string,
  notes: Issue[],
): readonly AwsStatement[] {
  const condition = readConditionOf(statement.Condition, variables, place, notes);
  const spoken = {
    ...(statement.Sid && { sid: statement.Sid }),
    effect: statement.Effect === 'Allow' ? 'ALLOW' : 'DENY',
    actions: statement.Action ?? ['*'],
    notActions: statement.NotAction ?? [],
  } as const;
  const given = (statement.Resource ?? statement.NotResource) as readonly string[];
  const match = statement.Resource ? 'INSIDE' : 'OUTSIDE';
  const varying = variables ? given.filter((pattern) => pattern.includes('${')) : [];
  const fixed = given.filter((pattern) => !varying.includes(pattern));
  const complete = (patterns: readonly string[], also?: Condition) =>
    narrowed({ ...spoken, ...withCondition(allOf(condition, also)) }, match, patterns);

  if (varying.length === 0) return complete(fixed);
  notes.push(conditional(place, `policy variables in \`${varying[0]}\` cannot be filled in here`));
  const opaque = opaqueCondition(JSON.stringify({ [statement.Resource ? 'Resource' : 'NotResource']: varying }));
  // Apart, so that what needs no variable stays exact; an exclusion that varies excludes nothing for sure.
  if (match === 'OUTSIDE')
    return fixed.length > 0 ? complete(fixed, opaque) : [{ ...spoken, ...withCondition(allOf(condition, opaque)) }];
  const { sid: _, ...unnamed } = spoken;
  return [
    ...(fixed.length > 0 ? complete(fixed) : []),
    ...narrowed({ ...unnamed, ...withCondition(allOf(condition, opaque)) }, match, varying.map(widened)),
  ];
}

const withCondition = (condition: Condition | undefined) => condition !== undefined && { condition };

/** `*` inside is no narrowing; outside it leaves nothing, and no statement. */
function narrowed(
  statement: AwsStatement,
  match: ResourcePattern['match'],
  patterns: readonly string[],
): readonly AwsStatement[] {
  if (!patterns.includes('*')) return [{ ...statement, resources: { match, patterns } }];
  return match === 'INSIDE' ? [statement] : [];
}

function widened(pattern: string): string {
  return pattern.replace(/\$\{[^}]*\}/g, '*');
}

function conditional(pointer: string, what: string): Issue {
  return {
    pointer,
    code: 'CONDITIONAL',
    message: `${what}; its grants are conditional`,
    hint: 'read the condition on the grant',
  };
}
