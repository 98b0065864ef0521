import type { InheritancePath, PathHop, PathNode, PathStatus, PathsQuestion } from '../../src/access/access-engine.js';
import type { NodeId } from '../../src/graph/ids.js';
import { bringingEdgeOf } from './bringing-edge.js';
import { hopAt } from './decisions.js';
import type { Link, Moment } from './moment.js';
import type { Search } from './reach.js';
import { assumingPaths } from './rows.js';
import { liveSearch } from './searches.js';
import { pathTruth, type SimplePath, simplePaths } from './simple-paths.js';
import type { Whole } from './whole.js';

export type Visible = readonly NodeId[] | undefined;

/** Every inheritance path that the question lists, in order. */
export function pathsOf(moment: Moment, question: Whole<PathsQuestion>): readonly InheritancePath[] {
  const search = liveSearch(moment);
  const { identity, permission, resource, visible, includeAssume = false, includeOverridden = true } = question;
  const paths = includeAssume
    ? assumingPaths(search, identity, resource)
    : simplePaths(search, identity, { effect: 'ALLOW', permission });
  return paths
    .filter((path) => path.permission === permission)
    .filter((path) => resource === undefined || moment.contains(path.scope, resource))
    .filter((path) => pathTruth(search, path, resource ?? path.scope) !== false)
    .filter((path) => isAsked(moment, question, path))
    .map((path) => ({
      ...pathAnswer(search, path, resource, visible),
      ...bringingEdgeOf(search, path, question.justified),
    }))
    .filter(({ status }) => includeOverridden || status !== 'OVERRIDDEN');
}

function isAsked(moment: Moment, question: Whole<PathsQuestion>, path: SimplePath): boolean {
  const { via = [], avoid = [], edgeKinds, maxLength = Number.POSITIVE_INFINITY, crossTenantOnly = false } = question;
  return (
    path.links.length <= maxLength &&
    via.every((node) => path.nodes.includes(node)) &&
    !avoid.some((node) => path.nodes.includes(node)) &&
    path.links.every(({ edge }) => edgeKinds?.includes(edge.kind) ?? true) &&
    (!crossTenantOnly || path.links.some((link) => crossesTenant(moment, link)))
  );
}

/** The path with its status at the resource, else at its scope. */
export function pathAnswer(
  search: Search,
  path: SimplePath,
  resource: NodeId | undefined,
  visible: Visible,
): InheritancePath {
  const at = resource ?? path.scope;
  const denies = denyingPaths(search, path.actors.at(-1) as NodeId, path.permission, at);
  const overriding = denies.find((deny) => pathTruth(search, deny, at) === true);
  return {
    hops: path.links.map((link) => hopOf(search.moment, link, visible)),
    length: path.links.length,
    scope: nodeAnswer(search.moment, path.scope, visible),
    status: overriding ? 'OVERRIDDEN' : statusOf(search, path, at, denies),
    ...(overriding ? { overriddenBy: denyAnswer(search, overriding, at, visible) } : {}),
  };
}

/** Live paths to a deny of the permission at the resource, in order. */
export function denyingPaths(
  search: Search,
  identity: NodeId,
  permission: NodeId,
  resource: NodeId,
): readonly SimplePath[] {
  return simplePaths(search, identity, { effect: 'DENY', permission })
    .filter((path) => search.moment.contains(path.scope, resource))
    .filter((path) => pathTruth(search, path, resource) !== false);
}

export function denyAnswer(search: Search, path: SimplePath, resource: NodeId, visible: Visible): InheritancePath {
  return {
    hops: path.links.map((link) => hopOf(search.moment, link, visible)),
    length: path.links.length,
    scope: nodeAnswer(search.moment, path.scope, visible),
    status: pathTruth(search, path, resource) === true ? 'LIVE' : 'CONDITIONAL',
  };
}

function statusOf(search: Search, path: SimplePath, at: NodeId, denies: readonly SimplePath[]): PathStatus {
  const hops = path.hops.map(({ edge }, index) =>
    hopAt(search, path.actors[index] as NodeId, edge.to, 'IMPERSONATE', at),
  );
  const isSettled = pathTruth(search, path, at) === true && denies.length === 0 && !hops.includes('CONDITIONAL');
  return isSettled ? 'LIVE' : 'CONDITIONAL';
}

function hopOf(moment: Moment, link: Link, visible: Visible): PathHop {
  const { edge, id } = link;
  const ends = [edge.from, edge.to, ...scopesOf(link)];
  const redacted = ends.some((end) => !isVisible(moment, end, visible));
  return {
    ...(id !== undefined && !redacted ? { id } : {}),
    kind: edge.kind,
    from: nodeAnswer(moment, edge.from, visible),
    to: nodeAnswer(moment, edge.to, visible),
    ...(edge.kind === 'ASSIGNED' ? { scope: nodeAnswer(moment, edge.scope, visible) } : {}),
    ...(edge.kind === 'CAN_ACT_AS' && edge.at && !redacted ? { at: edge.at } : {}),
    ...(edge.kind === 'CAN_ACT_AS' && edge.within && !redacted ? { within: edge.within } : {}),
    conditional: ('condition' in edge && edge.condition !== undefined) || ('resources' in edge && !!edge.resources),
    crossesTenant: crossesTenant(moment, link),
    redacted,
  };
}

const scopesOf = ({ edge }: Link): readonly NodeId[] => (edge.kind === 'ASSIGNED' ? [edge.scope] : []);

export function crossesTenant(moment: Moment, link: Link): boolean {
  const tenants = [link.edge.from, link.edge.to, ...scopesOf(link)].map((end) => tenantOf(moment, end));
  return new Set(tenants.filter((tenant) => tenant !== undefined)).size > 1;
}

export function tenantOf(moment: Moment, id: NodeId): NodeId | undefined {
  const node = moment.nodes.get(id);
  if (node?.kind === 'Tenant') return node.id;
  return node && 'tenant' in node ? node.tenant : undefined;
}

/** What has no tenant is everyone's to see. */
export function isVisible(moment: Moment, id: NodeId, visible: Visible): boolean {
  const tenant = tenantOf(moment, id);
  return visible === undefined || tenant === undefined || visible.includes(tenant);
}

function nodeAnswer(moment: Moment, id: NodeId, visible: Visible): PathNode {
  return isVisible(moment, id, visible) ? { kind: 'node', id } : { kind: 'redacted', id: 'redacted' };
}
