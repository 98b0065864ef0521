import { fold } from '../../graph/text.js';
import type { Issue } from '../../kernel/errors.js';
import { conditional, writeAssignments } from './azure-assignments.js';
import { type AzureDefinition, type AzureFile, readAzureFile } from './azure-files.js';
import { createClassifier, type LabelledAction } from './classification.js';
import {
  catalogueOf,
  type PermissionDraft,
  type PlatformImporter,
  type RoleDraft,
  type StatementDraft,
} from './platform-import.js';
import { createRowBook } from './row-book.js';

/** Role definitions, assignments, the tree of management groups, providers' operations: `docs/importers/azure.md`. */
export function createAzureImporter(): PlatformImporter {
  const files: AzureFile[] = [];
  return {
    add(file) {
      files.push(readAzureFile(file));
    },
    finish(setting) {
      const definitions = files.flatMap((file) => file.definitions);
      const assignments = files.flatMap((file) => file.assignments);
      const notes: Issue[] = files.some((file) => file.operations.length > 0) ? [] : [noOperations];
      const rows = createRowBook();
      writeAssignments(assignments, { definitions, entities: files.flatMap((file) => file.entities), rows, notes });
      const classifier = createClassifier(setting.classification, { caseSensitive: false });
      const permissions = actionsOf(files).map((action): PermissionDraft => {
        return { action: action.action, plane: action.plane, ...classifier.classify(action) };
      });
      const roles = definitions.map((definition) => roleDraft(definition, notes));
      return {
        catalogue: catalogueOf(setting, { name: 'Microsoft Azure', caseSensitiveActions: false, permissions, roles }),
        ...(assignments.length > 0 && { rows: rows.rows() }),
        notes: [...notes, ...classifier.notes()],
      };
    },
  };
}

const noOperations: Issue = {
  pointer: '',
  code: 'NO_OPERATIONS',
  message: 'no provider’s operations are among the files: patterns are expanded over what role definitions name alone',
  hint: 'send them along; docs/importers/azure.md says how to export them',
};

/** What providers offer and what definitions name, each once in each plane, in the order of their names. */
function actionsOf(files: readonly AzureFile[]): readonly LabelledAction[] {
  const actions = new Map<string, LabelledAction>();
  const add = (plane: LabelledAction['plane'], names: readonly string[]) => {
    for (const action of names)
      if (!action.includes('*') && !actions.has(`${fold(action)} ${plane}`))
        actions.set(`${fold(action)} ${plane}`, { plane, action });
  };
  for (const { name, isDataAction } of files.flatMap((file) => file.operations))
    add(isDataAction ? 'DATA' : 'CONTROL', [name]);
  for (const { permissions } of files.flatMap((file) => file.definitions))
    for (const block of permissions) {
      add('CONTROL', [...block.actions, ...block.notActions]);
      add('DATA', [...block.dataActions, ...block.notDataActions]);
    }
  return [...actions].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, action]) => action);
}

function roleDraft({ roleName, description, permissions, place }: AzureDefinition, notes: Issue[]): RoleDraft {
  const statements = permissions.flatMap((block, at): readonly StatementDraft[] => {
    if (block.condition) notes.push(conditional(`${place}/permissions/${at}`, 'the block’s grants are'));
    const condition = block.condition ? { condition: { kind: 'opaque', text: block.condition } as const } : {};
    const planes = [
      { plane: 'CONTROL', actions: block.actions, notActions: block.notActions } as const,
      { plane: 'DATA', actions: block.dataActions, notActions: block.notDataActions } as const,
    ];
    return planes
      .filter(({ actions }) => actions.length > 0)
      .map(({ notActions, ...statement }) => ({
        ...statement,
        ...(notActions.length > 0 && { notActions }),
        ...condition,
      }));
  });
  return { name: roleName, ...(description && { description }), statements };
}
