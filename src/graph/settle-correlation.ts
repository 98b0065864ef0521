import { GraphError } from '../kernel/errors.js';
import {
  accountsWithKeys,
  type CandidatesFor,
  candidatesFor,
  correlate,
  correlationKeys,
  isAnchor,
  wantedIdentity,
} from './correlate.js';
import type { HasAccountEdge } from './edge.js';
import type { GraphView } from './graph-view.js';
import { asStatementSource, identityIdOf, type NodeId } from './ids.js';
import { fieldKey } from './indexed-fields.js';
import type { AccountNode, CorrelationKeys, SourceNode, TenantNode } from './node.js';
import { sameValue } from './same-value.js';
import { changedOf, type Draft, ofKind } from './settle-draft.js';

/** States the edges that correlation derives. */
export const correlationSource = asStatementSource('correlation');

/**
 * Joins to its identity every account for which this commit can have changed that, anchors first: what they are joined
 * to decides about the others. Gives the accounts looked at, by id.
 */
export function joinAccounts(draft: Draft, view: GraphView): readonly AccountNode[] {
  const matched = accountsToMatch(draft, view);
  const anchors = accountsOf(draft, matched).filter((account) => isAnchor(draft, account));
  for (const account of anchors) joinAccount(draft, account, candidatesFor);
  const candidates = rememberedCandidates();
  const others = accountsOf(draft, withRivals(draft, view, { matched, candidates }));
  for (const account of others) if (!isAnchor(draft, account)) joinAccount(draft, account, candidates);
  // Whether an account is on its own identity is a fact only now; where others were linked to that, it is their rival.
  const shared = others.filter((account) => sharesOwnIdentity(draft, account));
  const rivals = shared.flatMap(({ id, source }) => candidatesFor(draft, identityIdOf(id), source));
  const again = accountsOf(draft, new Set(rivals));
  for (const account of again) if (!isAnchor(draft, account)) joinAccount(draft, account, candidatesFor);
  const looked = accountsOf(draft, new Set([...others, ...again].map(({ id }) => id)));
  for (const account of looked) markJoined(draft, account);
  return looked;
}

/** Looks once for the candidates of each identity and source, as long as anchors stay where they are. */
function rememberedCandidates(): CandidatesFor {
  const known = new Map<string, readonly NodeId[]>();
  return (view, identity, source) => {
    const pair = `${identity} ${source}`;
    const found = known.get(pair) ?? candidatesFor(view, identity, source);
    known.set(pair, found);
    return found;
  };
}

/** Accounts whose own rules may match otherwise than before: they, an anchor or a setting changed. */
function accountsToMatch(draft: Draft, view: GraphView): ReadonlySet<NodeId> {
  const ids = new Set<NodeId>();
  const add = (more: readonly NodeId[]) => {
    for (const id of more) ids.add(id);
  };
  const looked = new Set<string>();
  const addMatching = (tenant: NodeId, keys: CorrelationKeys | undefined) => {
    for (const [rule, value] of Object.entries(keys ?? {})) {
      const pair = `${tenant} ${rule} ${value}`;
      if (!looked.has(pair))
        for (const source of sourcesOf(draft, tenant)) add(accountsWithKeys(draft, source, { [rule]: value }));
      looked.add(pair);
    }
  };
  for (const { before, after } of changedOf(draft, 'Account')) {
    add([(after ?? before)!.id]);
    if (before && isAnchor(view, before)) addMatching(before.tenant, correlationKeys(view, before));
    if (after && isAnchor(draft, after)) addMatching(after.tenant, correlationKeys(draft, after));
  }
  for (const { before, after } of changedOf(draft, 'Identity')) {
    if (sameValue(before?.formerAnchor, after?.formerAnchor)) continue;
    addMatching((after ?? before)!.tenant, before?.formerAnchor);
    addMatching((after ?? before)!.tenant, after?.formerAnchor);
  }
  for (const { before } of draft.changedEdges()) if (before?.edge.kind === 'HAS_ACCOUNT') add([before.edge.to]);
  for (const source of sourcesToReview(draft)) add(accountsOfSource(draft, source));
  return ids;
}

/** And the accounts of the same source that may belong where one of them belonged or belongs now. */
function withRivals(
  draft: Draft,
  view: GraphView,
  { matched, candidates }: { readonly matched: ReadonlySet<NodeId>; readonly candidates: CandidatesFor },
): ReadonlySet<NodeId> {
  const ids = new Set(matched);
  const seen = new Set<string>();
  for (const id of matched)
    for (const graph of [view, draft]) {
      const account = ofKind(graph.node(id)?.node, 'Account');
      if (!account || isAnchor(draft, account)) continue;
      const wanted = wantedIdentity(graph, account);
      const identity = wanted.kind === 'joined' ? wanted.identity : identityIdOf(id);
      const pair = `${identity} ${account.source}`;
      if (!seen.has(pair)) for (const rival of candidates(draft, identity, account.source)) ids.add(rival);
      seen.add(pair);
    }
  return ids;
}

function sharesOwnIdentity(view: GraphView, account: AccountNode): boolean {
  const joined = [...view.edgesOf(identityIdOf(account.id), 'from', 'HAS_ACCOUNT')];
  return joined.some(({ edge }) => edge.to !== account.id);
}

function joinAccount(draft: Draft, account: AccountNode, candidates: CandidatesFor): void {
  const correlation = correlate(draft, account, candidates);
  const isJoined = correlation.kind === 'joined';
  const identity = isJoined ? correlation.identity : identityIdOf(account.id);
  openIdentity(draft, identity, account);
  const previous = [...draft.edgesOf(account.id, 'to', 'HAS_ACCOUNT')].filter(({ edge }) => edge.from !== identity);
  for (const { id } of previous) draft.closeEdge(id);
  const edge: HasAccountEdge = {
    kind: 'HAS_ACCOUNT',
    from: identity,
    to: account.id,
    rule: isJoined ? correlation.rule : 'own',
    source: correlationSource,
    statedBy: 'CORRELATION',
    statement: '',
  };
  draft.putEdge(edge);
}

function openIdentity(draft: Draft, id: NodeId, { tenant, userName, type, link }: AccountNode): void {
  const open = draft.node(id)?.node;
  if (!open) {
    const state = { state: 'ACTIVE', hadAuthoritative: false } as const;
    draft.putNode({ kind: 'Identity', id, tenant, name: userName, type, ...state });
  } else if (open.kind !== 'Identity' || open.tenant !== tenant)
    throw new GraphError('INVALID', `\`link\` is \`${link ?? id}\`, which is no identity of the account's tenant`);
}

/** An own identity whose account is joined to another leads there, unless other accounts were linked to it. */
function markJoined(draft: Draft, account: AccountNode): void {
  const own = ofKind(draft.node(identityIdOf(account.id))?.node, 'Identity');
  if (!own) return;
  const [owned] = draft.edgesOf(own.id, 'from', 'HAS_ACCOUNT');
  const [joined] = draft.edgesOf(account.id, 'to', 'HAS_ACCOUNT');
  if (!owned && joined) draft.putNode({ ...own, joinedTo: joined.edge.from });
}

/** Sources of which a setting, or one of their tenant, changed that correlation or states depend on. */
function sourcesToReview(draft: Draft): ReadonlySet<NodeId> {
  const sources = new Set<NodeId>();
  for (const { before, after } of changedOf(draft, 'Tenant'))
    if (!sameValue(rulesOf(before), rulesOf(after)))
      for (const source of sourcesOf(draft, (after ?? before)!.id)) sources.add(source);
  for (const { before, after } of changedOf(draft, 'Source')) {
    if (sameValue(flagsOf(before), flagsOf(after))) continue;
    const { id, tenant } = (after ?? before)!;
    sources.add(id);
    if (ofKind(draft.node(tenant)?.node, 'Tenant')?.anchorSource === id)
      for (const source of sourcesOf(draft, tenant)) sources.add(source);
  }
  return sources;
}

const rulesOf = (tenant: TenantNode | undefined) => [tenant?.anchorSource, tenant?.correlation];
const flagsOf = (source: SourceNode | undefined) =>
  [source?.authoritative, source?.emailsVerified, source?.absentMeansUnknown].map((flag) => flag === true);

const sourcesOf = (view: GraphView, tenant: NodeId): readonly NodeId[] =>
  view.holders(fieldKey('Source', 'tenant', '', tenant));

const accountsOfSource = (view: GraphView, source: NodeId): readonly NodeId[] =>
  ['true', 'false'].flatMap((active) => view.holders(fieldKey('Account', 'active', source, active)));

const accountsOf = (view: GraphView, ids: ReadonlySet<NodeId>): readonly AccountNode[] =>
  [...ids].sort().flatMap((id) => ofKind(view.node(id)?.node, 'Account') ?? []);
