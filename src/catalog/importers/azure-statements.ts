import type { Issue } from '../../kernel/errors.js';
import type { AzureDefinition } from './azure-files.js';
import { opaqueCondition } from './opaque-condition.js';
import type { StatementDraft } from './platform-import.js';

interface BlockSetting {
  readonly effect: 'ALLOW' | 'DENY';
  /** Of what has the blocks as its `permissions`. */
  readonly place: string;
  readonly notes: Issue[];
}

/** A statement for each plane of each block: exclusions are subtracted within the block, and a condition is of the block. */
export function readBlocks(
  blocks: AzureDefinition['permissions'],
  { effect, place, notes }: BlockSetting,
): readonly StatementDraft[] {
  return blocks.flatMap((block, at): readonly StatementDraft[] => {
    if (block.condition) notes.push(conditional(`${place}/permissions/${at}/condition`, 'the block’s grants are'));
    const condition = block.condition ? { condition: opaqueCondition(block.condition) } : {};
    const planes = [
      { plane: 'CONTROL', actions: block.actions, notActions: block.notActions } as const,
      { plane: 'DATA', actions: block.dataActions, notActions: block.notDataActions } as const,
    ];
    return planes
      .filter(({ actions }) => actions.length > 0)
      .map(({ notActions, ...statement }) => ({
        ...(effect === 'DENY' && { effect }),
        ...statement,
        ...(notActions.length > 0 && { notActions }),
        ...condition,
      }));
  });
}

/** `place`: of the condition. */
export function conditional(place: string, what: string): Issue {
  return {
    pointer: place,
    code: 'CONDITIONAL',
    message: `the condition cannot be judged here; ${what} conditional`,
    hint: 'read the condition where it stands',
  };
}
