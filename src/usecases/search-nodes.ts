import type { NodeKind, NodeVersion } from '../graph/node.js';
import { GraphError } from '../kernel/errors.js';
import type { GraphStore } from '../store/graph-store.js';
import { type Caller, readScopeOf } from './caller.js';
import { fieldIs } from './list-nodes.js';

/** Which names are searched, in the order of answers. */
const searched = [
  ['Identity', ['name', 'displayName']],
  ['Group', ['displayName']],
  ['Application', ['slug']],
  ['Role', ['name']],
  ['Permission', ['action']],
  ['Resource', ['path']],
] as const satisfies readonly (readonly [NodeKind, readonly string[]])[];

export const maxSearchResults = 100;

/** Nodes whose name holds the text; of each kind by creation. Rejects INVALID for an empty text or over 100 results. */
export async function searchNodes(
  { store }: { readonly store: Pick<GraphStore, 'list'> },
  caller: Caller,
  { text, first }: { readonly text: string; readonly first: number },
): Promise<readonly NodeVersion[]> {
  if (text.trim() === '')
    throw new GraphError('INVALID', 'an empty text names everything; write a part of a name', { argument: 'text' });
  if (!Number.isInteger(first) || first < 1 || first > maxSearchResults)
    throw new GraphError('INVALID', `\`${first}\` results cannot be given; ask for 1 to ${maxSearchResults}`, {
      argument: 'first',
      limit: 'maxSearchResults',
    });
  const found: NodeVersion[] = [];
  for (const [kind, fields] of searched) {
    if (found.length === first) break;
    const of = fields.map((field) => fieldIs(kind, field, text, { operator: 'CONTAINS' }));
    const joined = kind === 'Identity' ? [fieldIs(kind, 'joinedTo', '-')] : [];
    const where = { kind: 'and', of: [{ kind: 'or', of }, ...joined] } as const;
    const page = await store.list(readScopeOf(caller), { kind, where, limit: first - found.length });
    found.push(...page.items);
  }
  return found;
}
