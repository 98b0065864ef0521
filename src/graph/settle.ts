import { GraphError } from '../kernel/errors.js';
import type { Commit, Expectation, GraphEffect } from './change.js';
import type { GraphView, SettleContext } from './graph-view.js';
import type { NodeId } from './ids.js';
import { createRememberingView } from './remembering-view.js';
import { applyChange, applyReferenceChange, isReferenceChange } from './settle-changes.js';
import { checkDraft, spaceOf } from './settle-checks.js';
import { deriveFacts } from './settle-derived.js';
import { checkCommitSize, createDraft, type Draft } from './settle-draft.js';
import { resolveReferences } from './settle-references.js';

export type { GraphView, SettleContext } from './graph-view.js';

export interface Settled {
  /**
   * What the commit does, in an order in which it can be applied one by one: edges closed, nodes closed, nodes opened,
   * edges opened; each by kind in the order of `NODE_KINDS` and `EDGE_KINDS`, then by id. Empty: nothing, and no revision.
   */
  readonly effects: readonly GraphEffect[];
}

export type Settle = (
  commit: Pick<Commit, 'changes' | 'expectations'>,
  view: GraphView,
  context: SettleContext,
) => Settled;

/**
 * Decides what a commit does to the open graph, for every store alike; reads no clock and does no I/O. What is asked
 * comes first, then what follows from it: identities, references, versions of groups. How the graph stands at the end is what
 * is checked, so that changes within one commit may come in any order that makes sense.
 * @throws GraphError INVALID, UNIQUENESS, VERSION_MISMATCH, TOO_LARGE; then the commit does nothing
 */
export const settle: Settle = ({ changes, expectations = [] }, base, context) => {
  checkCommitSize(changes.length);
  const view = createRememberingView(base);
  for (const expectation of expectations) checkExpectation(view, expectation);
  const draft = createDraft(view, context);
  for (const change of changes) if (!isReferenceChange(change)) applyChange(draft, change);
  deriveFacts(draft, view, context);
  // What waited becomes edges first, so that a reference that is taken back with its target's arrival is found.
  resolveReferences(draft);
  for (const change of changes) if (isReferenceChange(change)) applyReferenceChange(draft, change);
  resolveReferences(draft);
  touchGroups(draft);
  checkDraft(draft);
  return { effects: draft.effects() };
};

function checkExpectation(view: GraphView, expectation: Expectation): void {
  if (expectation.kind === 'unclaimed') {
    if (view.holders(expectation.key).length > 0)
      throw new GraphError('UNIQUENESS', `${spaceOf(expectation.key)} is taken; choose another`);
    return;
  }
  const version = view.node(expectation.node)?.stamps.version ?? 0;
  if (version !== expectation.version)
    throw new GraphError(
      'VERSION_MISMATCH',
      `\`${expectation.node}\` is not at version ${expectation.version} any more; read it again`,
    );
}

/** Who is in a group is part of what a source reads of it, so that a change of members is a new version of the group. */
function touchGroups(draft: Draft): void {
  const groups = new Set<NodeId>();
  for (const { before, after } of draft.changedEdges()) {
    const { edge } = (after ?? before)!;
    if (edge.kind === 'MEMBER_OF') groups.add(edge.to);
  }
  for (const { before, after } of draft.changedNodes()) {
    const { node } = (after ?? before)!;
    if (node.kind !== 'PendingReference') continue;
    const { holder, holderEnd, edge } = node.reference;
    if (edge.kind === 'MEMBER_OF' && holderEnd === 'to') groups.add(holder);
  }
  for (const group of groups) draft.touchNode(group);
}
