import { GraphError } from '../kernel/errors.js';
import {
  accountsWithKeys,
  candidatesFor,
  correlate,
  correlationKeys,
  isAnchor,
  relatedIdentities,
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
  for (const account of anchors) joinAccount(draft, account);
  const others = accountsOf(draft, withRivals(draft, view, matched)).filter((account) => !isAnchor(draft, account));
  const moved = others.filter((account) => joinAccount(draft, account));
  const owners = moved.map(({ id, source }) => ({ identity: identityIdOf(id), source }));
  const again = accountsOf(draft, new Set(owners.flatMap((each) => candidatesFor(draft, each.identity, each.source))));
  for (const account of again) joinAccount(draft, account);
  const looked = accountsOf(draft, new Set([...anchors, ...others, ...again].map(({ id }) => id)));
  for (const account of looked) markJoined(draft, account);
  return looked;
}

/** Accounts whose own rules may match otherwise than before: they, an anchor or a setting changed. */
function accountsToMatch(draft: Draft, view: GraphView): ReadonlySet<NodeId> {
  const ids = new Set<NodeId>();
  const add = (more: readonly NodeId[]) => {
    for (const id of more) ids.add(id);
  };
  const addMatching = (tenant: NodeId, keys: CorrelationKeys | undefined) => {
    if (keys) for (const source of sourcesOf(draft, tenant)) add(accountsWithKeys(draft, source, keys));
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

/** And the accounts of the same source that may belong to the same identities, as one of them is there or no more. */
function withRivals(draft: Draft, view: GraphView, matched: ReadonlySet<NodeId>): ReadonlySet<NodeId> {
  const ids = new Set(matched);
  const seen = new Set<string>();
  for (const id of matched)
    for (const account of [ofKind(view.node(id)?.node, 'Account'), ofKind(draft.node(id)?.node, 'Account')])
      for (const identity of account ? relatedIdentities(draft, account) : []) {
        const pair = `${identity} ${account!.source}`;
        if (seen.has(pair)) continue;
        seen.add(pair);
        for (const rival of candidatesFor(draft, identity, account!.source)) ids.add(rival);
      }
  return ids;
}

/** @returns whether it is joined to another identity than before */
function joinAccount(draft: Draft, account: AccountNode): boolean {
  const correlation = correlate(draft, account);
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
  return previous.length > 0;
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
