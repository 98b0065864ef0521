import type { Condition } from '../../graph/condition.js';
import type { Issue } from '../../kernel/errors.js';
import { createActionIndex } from '../action-pattern.js';
import { allOf } from './aws-condition.js';
import type { AwsStatement } from './aws-statement.js';
import { opaqueCondition } from './opaque-condition.js';

/** An action that many statements allow in part would need two to the power of them denies: beyond this, one that nobody can judge. */
const maxNarrowedStatements = 5;

/**
 * A permissions boundary as denies: an identity has what its policies allow and its boundary allows too, which is what
 * its policies allow less what the boundary does not. Where it allows an action on some resources or under a condition,
 * the deny speaks of the other resources and of the condition's contrary. The boundary's own denies stand as they are.
 */
export function boundaryDenies(
  boundary: readonly AwsStatement[],
  actions: readonly string[],
): { readonly statements: readonly AwsStatement[]; readonly tooMany: readonly string[] } {
  const allows = boundary.filter((statement) => statement.effect === 'ALLOW');
  const byAllowing = groupByAllowing(allows, actions);
  const tooMany: string[] = [];
  const denies = [...byAllowing.values()].flatMap(({ allowing, names }) => {
    if (allowing.some((statement) => !statement.resources && !statement.condition)) return [];
    if (allowing.length > maxNarrowedStatements) tooMany.push(...names);
    return contrariesOf(allowing).flatMap((narrowing) =>
      chunksOf(names).map((chunk): AwsStatement => ({ effect: 'DENY', actions: chunk, notActions: [], ...narrowing })),
    );
  });
  return { statements: [...denies, ...boundary.filter((statement) => statement.effect === 'DENY')], tooMany };
}

interface Group {
  readonly allowing: readonly AwsStatement[];
  readonly names: string[];
}

/** Actions that the same statements allow, together; none is one such set too. */
function groupByAllowing(allows: readonly AwsStatement[], actions: readonly string[]): ReadonlyMap<string, Group> {
  const index = createActionIndex(
    actions.map((action) => ({ plane: 'CONTROL' as const, action })),
    { caseSensitive: false },
  );
  const allowing = new Map<string, number[]>(actions.map((action) => [action, []]));
  for (const [at, statement] of allows.entries())
    for (const { action } of index.expand({ ...statement, plane: 'CONTROL' }).matches)
      allowing.get(action.action)?.push(at);
  const groups = new Map<string, Group>();
  for (const [action, places] of allowing) {
    const group = groups.get(places.join()) ?? { allowing: places.map((at) => allows[at] as AwsStatement), names: [] };
    group.names.push(action);
    groups.set(places.join(), group);
  }
  return groups;
}

/** A statement of a catalogue takes no more names than twice that. */
const namesPerStatement = 10_000;

function chunksOf(names: readonly string[]): readonly (readonly string[])[] {
  const chunks = Math.ceil(names.length / namesPerStatement);
  return Array.from({ length: chunks }, (_, i) => names.slice(i * namesPerStatement, (i + 1) * namesPerStatement));
}

type Narrowing = Pick<AwsStatement, 'resources' | 'condition'>;

/**
 * When none of the statements allows: for each of them, the resource lies elsewhere or the condition fails. Each choice
 * of one or the other is a deny of its own.
 */
function contrariesOf(allowing: readonly AwsStatement[]): readonly Narrowing[] {
  if (allowing.length > maxNarrowedStatements)
    return [{ condition: opaqueCondition('a permissions boundary allows it in part') }];
  let contraries: readonly Choice[] = [{ inside: [], outside: [], conditions: [] }];
  for (const { resources, condition } of allowing)
    contraries = contraries.flatMap((choice) => [
      ...(resources ? [elsewhere(choice, resources)] : []),
      ...(condition
        ? [{ ...choice, conditions: [...choice.conditions, { kind: 'not', of: condition } as const] }]
        : []),
    ]);
  return contraries.map(toNarrowing);
}

interface Choice {
  /** Lists of which each must hold the resource. */
  readonly inside: readonly (readonly string[])[];
  readonly outside: readonly string[];
  readonly conditions: readonly Condition[];
}

function elsewhere(choice: Choice, { match, patterns }: NonNullable<AwsStatement['resources']>): Choice {
  return match === 'INSIDE'
    ? { ...choice, outside: [...choice.outside, ...patterns] }
    : { ...choice, inside: [...choice.inside, patterns] };
}

/** A statement has one list of resources: what a second one says as well becomes a condition that nobody can judge. */
function toNarrowing({ inside, outside, conditions }: Choice): Narrowing {
  const lists = [
    ...inside.map((patterns) => ({ match: 'INSIDE', patterns }) as const),
    ...(outside.length > 0 ? [{ match: 'OUTSIDE', patterns: outside } as const] : []),
  ];
  const [resources, ...others] = lists;
  const condition = allOf(...conditions, ...others.map((list) => opaqueCondition(JSON.stringify(list))));
  return { ...(resources && { resources }), ...(condition && { condition }) };
}

/** What of a boundary is conditional beyond what it says. */
export function boundaryNote(pointer: string, tooMany: readonly string[]): Issue {
  return {
    pointer,
    code: 'CONDITIONAL',
    message: `${tooMany.length} actions, such as \`${tooMany[0]}\`, are allowed by more than ${maxNarrowedStatements} statements of the boundary, each in part; what the boundary takes away is conditional`,
    hint: 'allow them in fewer statements to have it exactly',
  };
}
