import type {
  Cycle,
  DecideQuestion,
  EffectiveQuestion,
  InheritancePath,
  NearMiss,
  PathsQuestion,
  PermissionRow,
  SummaryQuestion,
  WhoCanQuestion,
  WhoCanRow,
  WhyNotQuestion,
} from '../../src/access/access-engine.js';
import type { Decision } from '../../src/graph/decision.js';
import type { NodeId, Revision } from '../../src/graph/ids.js';
import type { NodeKind } from '../../src/graph/node.js';
import type { Instant } from '../../src/kernel/clock.js';
import { GraphError } from '../../src/kernel/errors.js';
import { cyclesOf } from './cycles.js';
import { decisionAt, decisionOnBehalf } from './decisions.js';
import { identitiesBefore } from './identities-before.js';
import { type Moment, momentOf, type Rows } from './moment.js';
import { nearMissesOf } from './near-misses.js';
import { denyAnswer, denyingPaths, isVisible, pathsOf, type Visible } from './path-answers.js';
import { rowsOf } from './rows.js';
import { liveSearch } from './searches.js';
import { type Summary, summaryOf } from './summary.js';
import { whoCan } from './who-can.js';
import type { Whole } from './whole.js';

/**
 * Everything that `docs/model.md` says, by the most literal means: fixpoints by repeated passes, paths by exhaustive
 * search, decisions by the table. Whole answers, never paged, never cut. It shares no code with the engines, and is
 * fit for small estates only.
 */
export interface Oracle {
  effectivePermissions(question: Whole<EffectiveQuestion>): readonly PermissionRow[];
  decide(question: DecideQuestion): Decision;
  inheritancePaths(question: Whole<PathsQuestion>): readonly InheritancePath[];
  whyNot(question: WhyNotQuestion): {
    readonly decision: Decision;
    readonly denyingPaths: readonly InheritancePath[];
    readonly nearMisses: readonly NearMiss[];
  };
  whoCan(question: Whole<WhoCanQuestion>): readonly WhoCanRow[];
  summary(question: SummaryQuestion): Summary;
  identitiesBefore(nodes: readonly NodeId[]): readonly NodeId[];
  cycles(): readonly Cycle[];
}

/** All questions are asked at that revision and instant, whatever they say of them. */
export function createOracle(rows: Rows, revision: Revision, at: Instant): Oracle {
  const moment = momentOf(rows, revision, at);
  return {
    effectivePermissions(question) {
      checkNode(moment, 'Identity', question.identity, question.visible);
      if (question.resource !== undefined) checkNode(moment, 'Resource', question.resource, question.visible);
      if (question.application !== undefined) checkNode(moment, 'Application', question.application, question.visible);
      return effectivePermissions(moment, question);
    },
    decide(question) {
      checkTriple(moment, question);
      const { identity, permission, resource, onBehalfOf, context = {}, visible } = question;
      if (onBehalfOf === undefined) return decisionAt(moment, context, identity, permission, resource);
      checkNode(moment, 'Identity', onBehalfOf, visible);
      return decisionOnBehalf(moment, context, { identity, permission, resource }, onBehalfOf);
    },
    inheritancePaths(question) {
      const { identity, permission, resource, visible, via = [], avoid = [] } = question;
      checkNode(moment, 'Identity', identity, visible);
      checkNode(moment, 'Permission', permission, visible);
      if (resource !== undefined) checkTriple(moment, { identity, permission, resource, ...seenBy(visible) });
      for (const node of [...via, ...avoid])
        if (!moment.nodes.has(node) || !isVisible(moment, node, visible)) throw notFound(node);
      return pathsOf(moment, question);
    },
    identitiesBefore: (nodes) => identitiesBefore(moment, nodes),
    whyNot(question) {
      checkTriple(moment, question);
      const { identity, permission, resource, visible } = question;
      const search = liveSearch(moment);
      const decision = decisionAt(moment, {}, identity, permission, resource);
      const denies = denyingPaths(search, identity, permission, resource);
      return {
        decision,
        denyingPaths: decision === 'DENIED' ? denies.map((path) => denyAnswer(search, path, resource, visible)) : [],
        nearMisses: nearMissesOf(moment, question),
      };
    },
    whoCan(question) {
      checkNode(moment, 'Permission', question.permission, question.visible);
      if (question.resource !== undefined)
        checkSameApplication(moment, question.permission, question.resource, question.visible);
      return whoCan(moment, question);
    },
    summary(question) {
      checkNode(moment, 'Identity', question.identity, question.visible);
      return summaryOf(moment, question.identity, question.visible);
    },
    cycles: () => cyclesOf(liveSearch(moment)),
  };
}

const seenBy = (visible: Visible) => (visible === undefined ? {} : { visible });

function effectivePermissions(moment: Moment, question: Whole<EffectiveQuestion>): readonly PermissionRow[] {
  const { context = {}, standing = 'EFFECTIVE', orderBy = 'TIER' } = question;
  const rows = rowsOf({ ...question, moment, context }, standing).filter((row) => isAsked(moment, question, row));
  const tier = (row: PermissionRow) => moment.find('Permission', row.permission)?.tier ?? 3;
  if (orderBy === 'PERMISSION') return rows;
  return [...rows].sort(
    (a, b) =>
      (orderBy === 'TIER' ? tier(a) - tier(b) : 0) || a.leastDepth - b.leastDepth || rows.indexOf(a) - rows.indexOf(b),
  );
}

function isAsked(moment: Moment, question: Whole<EffectiveQuestion>, row: PermissionRow): boolean {
  const permission = moment.find('Permission', row.permission);
  if (!permission) return false;
  const { application, plane, classes, tierAtMost, permissions, decisions, origins, inheritedOnly } = question;
  return (
    isVisible(moment, row.scope, question.visible) &&
    (application ?? permission.application) === permission.application &&
    (plane ?? permission.plane) === permission.plane &&
    (classes?.includes(permission.class) ?? true) &&
    permission.tier <= (tierAtMost ?? 3) &&
    (permissions?.includes(row.permission) ?? true) &&
    (decisions?.includes(row.decision) ?? true) &&
    (origins?.some((origin) => row.origins.includes(origin)) ?? true) &&
    !(inheritedOnly && row.origins.includes('DIRECT'))
  );
}

/** @throws GraphError NOT_FOUND, INVALID */
function checkTriple(
  moment: Moment,
  { identity, permission, resource, visible }: Pick<DecideQuestion, 'identity' | 'permission' | 'resource' | 'visible'>,
): void {
  checkNode(moment, 'Identity', identity, visible);
  checkNode(moment, 'Permission', permission, visible);
  checkSameApplication(moment, permission, resource, visible);
}

function checkSameApplication(moment: Moment, permission: NodeId, resource: NodeId, visible: Visible): void {
  checkNode(moment, 'Resource', resource, visible);
  if (moment.find('Permission', permission)?.application !== moment.find('Resource', resource)?.application)
    throw new GraphError('INVALID', `permission \`${permission}\` and resource \`${resource}\` differ in application`);
}

function checkNode(moment: Moment, kind: NodeKind, id: NodeId, visible: Visible): void {
  const node = moment.find(kind, id);
  const isJoinedAway = node?.kind === 'Identity' && node.joinedTo !== undefined;
  if (!node || isJoinedAway || !isVisible(moment, id, visible)) throw notFound(id);
}

const notFound = (id: NodeId) => new GraphError('NOT_FOUND', `nothing is known of \`${id}\``);
