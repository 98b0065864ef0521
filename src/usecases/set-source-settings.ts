import type { NodeId } from '../graph/ids.js';
import { type Caller, readScopeOf, requireScope } from './caller.js';
import { type CommitDependencies, type CommitPlan, commitChanges } from './commit-changes.js';
import { type RefStore, resolveRef } from './resolve-ref.js';
import { changeSettings, type SettingsRequest, toSettingsJson } from './source-settings.js';

/**
 * Changes how a source is read and answered, from its next request on; what is not asked for stays. Rejects FORBIDDEN,
 * INVALID, NOT_FOUND, AMBIGUOUS.
 */
export async function setSourceSettings(
  dependencies: CommitDependencies & { readonly store: RefStore },
  caller: Caller,
  { source, settings }: { readonly source: string; readonly settings: SettingsRequest },
  signal?: AbortSignal,
): Promise<NodeId> {
  requireScope(caller, 'admin');
  const find = () =>
    resolveRef(dependencies.store, readScopeOf(caller), { ref: source, argument: 'source', kinds: ['Source'] });
  const { id } = (await find()).node;
  const plan = async (): Promise<CommitPlan> => {
    const { node, stamps } = await find();
    const changed = toSettingsJson(changeSettings(node.settings, settings));
    return {
      changes: [{ kind: 'putNode', node: { ...node, settings: changed } }],
      expectations: [{ kind: 'version', node: node.id, version: stamps.version }],
    };
  };
  const meta = { actor: caller.name, source: id, cause: 'setSourceSettings' };
  await commitChanges(dependencies, { meta, plan }, signal);
  return id;
}
