import { maxChangesPerCommit } from '../graph/change.js';
import { type ClassificationRule, classify, looksAtGroups } from '../graph/classification.js';
import type { NodeId } from '../graph/ids.js';
import type { AccountNode, IdentityType, NodeVersion, SourceNode } from '../graph/node.js';
import { GraphError } from '../kernel/errors.js';
import { type GraphStore, maxIdsPerCall, type ReadScope } from '../store/graph-store.js';
import { type Caller, readScopeOf, requireScope } from './caller.js';
import { type CommitDependencies, type CommitPlan, commitChanges } from './commit-changes.js';
import { resolveRef } from './resolve-ref.js';
import { parseSourceSettings, toSettingsJson } from './source-settings.js';
import { allNodes } from './store-pages.js';

export interface ClassifyDependencies extends CommitDependencies {
  readonly store: Pick<GraphStore, 'commit' | 'nodesByIds' | 'find' | 'edgesOf' | 'list'>;
}
export interface ClassifyRequest {
  /** Ref. */
  readonly source: string;
  readonly rules: readonly ClassificationRule[];
}
/** An account that the rules give another type. */
export interface Reclassification {
  readonly account: NodeVersion<AccountNode>;
  readonly to: IdentityType;
}
export interface ClassificationReport {
  readonly source: NodeVersion<SourceNode>;
  readonly examined: number;
  /** By creation, then id. */
  readonly changes: readonly Reclassification[];
}

/** Who would change type under the rules; writes nothing. Rejects FORBIDDEN, INVALID, NOT_FOUND, AMBIGUOUS. */
export async function previewClassification(
  { store }: Pick<ClassifyDependencies, 'store'>,
  caller: Caller,
  { source, rules }: ClassifyRequest,
): Promise<ClassificationReport> {
  requireScope(caller, 'admin');
  const scope = readScopeOf(caller);
  const found = await resolveRef(store, scope, { ref: source, argument: 'source', kinds: ['Source'] });
  parseSourceSettings({ ...found.node.settings, classification: rules });
  return examine(store, found, rules);
}

/**
 * Makes these the source's rules and re-types its accounts, in one commit; ids stay. Computed again where an account
 * changed meanwhile. Rejects as the preview does; TOO_LARGE where more accounts change than one commit holds.
 */
export async function setClassification(
  dependencies: ClassifyDependencies,
  caller: Caller,
  request: ClassifyRequest,
  signal?: AbortSignal,
): Promise<{ readonly source: NodeId; readonly changes: number }> {
  let report = await previewClassification(dependencies, caller, request);
  const source = report.source.node.id;
  const plan = async (): Promise<CommitPlan> => {
    report = await previewClassification(dependencies, caller, request);
    return planOf(report, request.rules);
  };
  const meta = { actor: caller.name, source, cause: 'setClassification' };
  await commitChanges(dependencies, { meta, plan }, signal);
  return { source, changes: report.changes.length };
}

function planOf({ source, changes }: ClassificationReport, rules: readonly ClassificationRule[]): CommitPlan {
  if (changes.length >= maxChangesPerCommit)
    throw new GraphError(
      'TOO_LARGE',
      `${changes.length} accounts would change type, and a commit holds ${maxChangesPerCommit}; write narrower rules first`,
      { limit: 'maxChangesPerCommit' },
    );
  const settings = toSettingsJson({ ...parseSourceSettings(source.node.settings), classification: [...rules] });
  const accounts = changes.map(
    ({ account, to }) => ({ kind: 'putNode', node: { ...account.node, type: to } }) as const,
  );
  return {
    changes: [{ kind: 'putNode', node: { ...source.node, settings } }, ...accounts],
    expectations: [source, ...changes.map(({ account }) => account)].map(
      ({ node, stamps }) => ({ kind: 'version', node: node.id, version: stamps.version }) as const,
    ),
  };
}

async function examine(
  store: ClassifyDependencies['store'],
  source: NodeVersion<SourceNode>,
  rules: readonly ClassificationRule[],
): Promise<ClassificationReport> {
  const scope: ReadScope = { kind: 'source', source: source.node.id };
  const groupNames = looksAtGroups(rules) ? (id: NodeId) => listGroupNames(store, scope, id) : async () => [];
  const changes: Reclassification[] = [];
  let examined = 0;
  for await (const account of allNodes(store, scope, { kind: 'Account' })) {
    const { userName, attributes, id, type } = account.node;
    const to = classify(rules, { userName, attributes, groups: await groupNames(id) });
    if (to !== type) changes.push({ account, to });
    examined++;
  }
  return { source, examined, changes };
}

/** displayNames and externalIds of the groups that list the account directly, at most 1,000 groups. */
async function listGroupNames(
  store: ClassifyDependencies['store'],
  scope: ReadScope,
  account: NodeId,
): Promise<readonly string[]> {
  const { items } = await store.edgesOf(scope, { node: account, end: 'from', kind: 'MEMBER_OF', limit: maxIdsPerCall });
  const groups = await store.nodesByIds(
    scope,
    items.map(({ edge }) => edge.to),
  );
  return groups.flatMap((version) => {
    if (version?.node.kind !== 'Group') return [];
    const { displayName, externalId } = version.node;
    return externalId === undefined ? [displayName] : [displayName, externalId];
  });
}
