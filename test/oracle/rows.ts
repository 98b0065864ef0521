import type { AccessOrigin, PermissionRow, Standing } from '../../src/access/access-engine.js';
import type { Decision } from '../../src/graph/decision.js';
import type { NodeId } from '../../src/graph/ids.js';
import type { JsonObject } from '../../src/graph/node.js';
import { highest, isCovering, type Settled, truthsAt } from './decision-table.js';
import { assumedAt, decisionAt, hopAt, settledAt } from './decisions.js';
import type { Moment } from './moment.js';
import { entriesOf, type Search } from './reach.js';
import { liveSearch, STANDINGS, searchOf, takenAsActive, unknownTakenAsActive } from './searches.js';
import { inOrder, pathTruth, type SimplePath, simplePaths } from './simple-paths.js';

export interface RowsAsked {
  readonly moment: Moment;
  readonly context: JsonObject;
  readonly identity: NodeId;
  /** Rows that hold there, with the decision there; absent: each row at its own scope. */
  readonly resource?: NodeId;
  readonly includeAssume?: boolean;
}

/** The rows of one standing, by permission, then scope. */
export function rowsOf(asked: RowsAsked, standing: Standing): readonly PermissionRow[] {
  if (standing === 'EFFECTIVE') return effectiveRows(asked);
  const earlier = STANDINGS.slice(1, STANDINGS.indexOf(standing)) as readonly Standing[];
  const effective = effectiveRows({ ...asked, includeAssume: false });
  const before = earlier.flatMap((each) => hypotheticalRows(asked, each));
  return hypotheticalRows(asked, standing).filter(
    (row) =>
      !before.some((other) => isSame(other, row) && isAsHigh(other.decision, row.decision)) &&
      !isGiven(asked, effective, row),
  );
}

/** An effective row that contains the row's scope, and the effective decision there is as high. */
function isGiven(
  { moment, context, identity, resource }: RowsAsked,
  effective: readonly PermissionRow[],
  row: PermissionRow,
) {
  const given = effective.some((each) => each.permission === row.permission && moment.contains(each.scope, row.scope));
  return given && isAsHigh(decisionAt(moment, context, identity, row.permission, resource ?? row.scope), row.decision);
}

const isSame = (a: PermissionRow, b: PermissionRow) => a.permission === b.permission && a.scope === b.scope;
const isAsHigh = (a: Decision, b: Decision) =>
  a !== 'UNKNOWN' && b !== 'UNKNOWN' && highest(a as Settled, b as Settled) === a;

function hypotheticalRows(asked: RowsAsked, standing: Standing): readonly PermissionRow[] {
  const { moment, context, identity } = asked;
  const allowing = searchOf(standing, moment, context);
  const denying = takenAsActive(moment, context, identity);
  const paths = simplePaths(allowing, identity, { effect: 'ALLOW' });
  return groupRows(asked, allowing, denying, paths, standing, (permission, resource) =>
    settledAt(allowing, denying, { identity, permission, resource }),
  );
}

function effectiveRows(asked: RowsAsked): readonly PermissionRow[] {
  const { moment, context, identity, includeAssume = false } = asked;
  const live = liveSearch(moment, context);
  const unseen = unknownTakenAsActive(moment, context);
  const own = simplePaths(unseen, identity, { effect: 'ALLOW' });
  const assumed = includeAssume ? assumingPaths(live, identity, asked.resource) : [];
  const paths = [...own, ...assumed.filter((path) => path.hops.length > 0)].sort(inOrder);
  return groupRows(asked, unseen, live, paths, 'EFFECTIVE', (permission, resource) => {
    const reached = includeAssume ? assumedAt(moment, context, permission, resource).get(identity) : undefined;
    return reached && isCovering(reached) ? reached : decisionAt(moment, context, identity, permission, resource);
  });
}

/** Allow paths all of whose hops hold at the resource, else at the path's scope. */
export function assumingPaths(search: Search, identity: NodeId, resource?: NodeId): readonly SimplePath[] {
  return simplePaths(search, identity, { effect: 'ALLOW', assume: true }).filter((path) =>
    path.hops.every(({ edge }, index) =>
      isCovering(hopAt(search, path.actors[index] as NodeId, edge.to, 'IMPERSONATE', resource ?? path.scope)),
    ),
  );
}

function groupRows(
  { moment, identity, resource }: RowsAsked,
  allowing: Search,
  denying: Search,
  paths: readonly SimplePath[],
  standing: Standing,
  decide: (permission: NodeId, resource: NodeId) => Decision,
): readonly PermissionRow[] {
  const groups = new Map<string, SimplePath[]>();
  for (const path of paths) {
    if (resource && !moment.contains(path.scope, resource)) continue;
    if (pathTruth(allowing, path, resource ?? path.scope) === false) continue;
    const key = `${path.permission} ${path.scope}`;
    groups.set(key, [...(groups.get(key) ?? []), path]);
  }
  return [...groups.values()]
    .map((group): PermissionRow => {
      const [{ permission, scope, links, actors }] = group as [SimplePath];
      const origins = originsOf(group);
      const decision = decide(permission, resource ?? scope);
      return {
        permission,
        scope,
        decision,
        except: decision === 'UNKNOWN' ? [] : exceptOf(denying, identity, permission, scope),
        standing,
        origins,
        leastDepth: links.length,
        roles: [...new Set(group.map((path) => path.binding.edge.to))].sort(),
        ...(origins.join() === 'VIA_ASSUME' ? { hops: actors.slice(1) } : {}),
      };
    })
    .sort((a, b) => (isBefore([a.permission, a.scope], [b.permission, b.scope]) ? -1 : 1));
}

const isBefore = ([a0, a1]: readonly [string, string], [b0, b1]: readonly [string, string]) =>
  a0 < b0 || (a0 === b0 && a1 < b1);

/** Section 3, listing: `DIRECT`, `INHERITED`, `VIA_ASSUME`, in that order. */
export function originsOf(paths: readonly SimplePath[]): readonly AccessOrigin[] {
  const origins = new Set(
    paths.map((path): AccessOrigin => {
      const kinds = path.links.map((link) => link.edge.kind);
      if (kinds.includes('CAN_ACT_AS')) return 'VIA_ASSUME';
      return kinds.includes('MEMBER_OF') || kinds.includes('INHERITS') ? 'INHERITED' : 'DIRECT';
    }),
  );
  return (['DIRECT', 'INHERITED', 'VIA_ASSUME'] as const).filter((origin) => origins.has(origin));
}

/** Every deny scope strictly inside, less those inside an unconditional one. */
function exceptOf(denying: Search, identity: NodeId, permission: NodeId, scope: NodeId): PermissionRow['except'] {
  const { moment } = denying;
  const denies = entriesOf(denying, identity, 'DENY').filter((entry) => entry.permission === permission);
  const scopes = [...new Set(denies.map((entry) => entry.binding.edge.scope))]
    .filter((inner) => inner !== scope && moment.contains(scope, inner))
    .map((inner) => {
      const atScope = denies.filter((entry) => entry.binding.edge.scope === inner);
      const truths = truthsAt(denying, atScope, permission, inner);
      return { scope: inner, truths };
    })
    .filter(({ truths }) => truths.some((truth) => truth !== false))
    .map(({ scope: inner, truths }) => ({ scope: inner, conditional: !truths.includes(true) }));
  return scopes
    .filter(
      ({ scope: inner }) =>
        !scopes.some((outer) => !outer.conditional && outer.scope !== inner && moment.contains(outer.scope, inner)),
    )
    .sort((a, b) => (a.scope < b.scope ? -1 : 1));
}
