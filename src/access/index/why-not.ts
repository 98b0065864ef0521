import type { Blocker, NearMiss, WhyNotAnswer, WhyNotQuestion } from '../access-engine.js';
import type { AccessGraph } from './access-graph.js';
import { searchPaths } from './k-paths.js';
import { decideLifting } from './lifted-decision.js';
import { type ArcPath, arcsOf, findLocalGraph } from './local-graph.js';
import { createPathWriter, type PathWriter, writeJudged } from './path-description.js';
import { createPathJudge } from './path-judge.js';
import { getAskedAccess } from './path-question.js';
import type { PathStop } from './path-stops.js';
import type { WalkQuestion } from './state-walk.js';
import { unseenReasons } from './unseen.js';

export const maxNearMisses = 10;
export const maxDenyingPaths = 100;

/**
 * Why the decision is what it is: the paths that come nearest to the permission, each with what is in its way, and what
 * would be decided were just that lifted; where it is `DENIED`, also the paths that deny.
 * @throws GraphError NOT_FOUND, INVALID
 */
export function explainDecision(graph: AccessGraph, question: WhyNotQuestion): Omit<WhyNotAnswer, 'asOf'> {
  const asked = getAskedAccess(graph, question);
  const decision = decideLifting(graph, asked, []);
  const writer = createPathWriter(graph, question.visible);
  const judge = createPathJudge({ graph, ...asked });
  const denies: WalkQuestion = { graph, ...asked, effect: 'DENY' };
  const existing: WalkQuestion = { graph, ...asked, effect: 'ALLOW', admits: () => true };
  const denying = decision === 'DENIED' ? leastPaths(denies, maxDenyingPaths) : noPaths;
  const near = leastPaths(existing, maxNearMisses);
  const limits = [
    ...(denying.more ? [`denyingPaths ${maxDenyingPaths}`] : []),
    ...(near.more ? [`nearMisses ${maxNearMisses}`] : []),
  ];
  const reasons = [...(limits.length > 0 ? (['LIMIT'] as const) : []), ...unseenReasons(existing)];
  return {
    decision,
    denyingPaths: denying.paths.map((path) =>
      writer.write(path, { status: judge.isSettled(path) ? 'LIVE' : 'CONDITIONAL' }),
    ),
    nearMisses: near.paths.map(
      (path): NearMiss => ({
        path: writeJudged(writer, path, judge.judge(path)),
        blockers: blockersOf(path, writer),
        wouldBe: decideLifting(
          graph,
          asked,
          path.flatMap(({ stops }) => stops),
        ),
      }),
    ),
    completeness: {
      complete: reasons.length === 0,
      reasons,
      ...(limits.length > 0 && { limit: limits.join(', ') }),
    },
  };
}

interface LeastPaths {
  readonly paths: readonly ArcPath[];
  readonly more: boolean;
}
const noPaths: LeastPaths = { paths: [], more: false };

function leastPaths(question: WalkQuestion, most: number): LeastPaths {
  const local = findLocalGraph(question);
  if (!local) return noPaths;
  const search = searchPaths(local.paths);
  const paths: ArcPath[] = [];
  for (let found = search.next(); found; found = search.next()) {
    if (paths.length === most) return { paths, more: true };
    paths.push(arcsOf(local, found));
  }
  return { paths, more: false };
}

/** By hop; a node's before those of the edge that leaves it. */
function blockersOf(path: ArcPath, writer: PathWriter): readonly Blocker[] {
  const blockers = path.flatMap(({ from, stops }, hop) =>
    stops.map((stop) => ({ stop, hop: stop.of === 'node' && stop.node !== from.node ? hop + 1 : hop })),
  );
  const inOrder = blockers.sort((a, b) => a.hop - b.hop || placeWithin(a.stop) - placeWithin(b.stop));
  return inOrder.map(({ stop, hop }) => {
    const node = stop.of === 'node' && stop.kind === 'NODE_STATE' ? writer.idOf(stop.node) : undefined;
    return { kind: stop.kind, hop, ...(node && { node }) };
  });
}

const placeWithin = (stop: PathStop) => (stop.of === 'node' ? 0 : 1);
