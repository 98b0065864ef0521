import { fold } from '../../graph/text.js';
import type { Issue } from '../../kernel/errors.js';
import { writeAssignments } from './azure-assignments.js';
import { denyRoleName, denyRoleOf, writeDenies } from './azure-denies.js';
import { type AzureContent, type AzureDefinition, readAzureFile } from './azure-files.js';
import { readBlocks } from './azure-statements.js';
import { createClassifier, type LabelledAction } from './classification.js';
import {
  catalogueOf,
  type PermissionDraft,
  type PlatformImporter,
  type RoleDraft,
  refusal,
} from './platform-import.js';
import { createRowBook } from './row-book.js';

/** Role definitions, assignments, the tree of management groups, providers' operations: `docs/importers/azure.md`. */
export function createAzureImporter(): PlatformImporter {
  const content: AzureContent = { definitions: [], assignments: [], denies: [], entities: [], operations: [] };
  return {
    add: (file) => readAzureFile(file, content),
    finish(setting) {
      const { assignments, denies, entities, operations } = content;
      const definitions = onceEach(content.definitions);
      const notes: Issue[] = operations.length > 0 ? [] : [noOperations];
      const rows = createRowBook();
      const estate = { definitions, entities, principals: new Set<string>(), rows, notes };
      const scopes = writeAssignments(assignments, denies, estate);
      writeDenies(denies, scopes, estate);
      const classifier = createClassifier(setting.classification, { caseSensitive: false });
      const permissions = actionsOf(content).map((action): PermissionDraft => {
        return { action: action.action, plane: action.plane, ...classifier.classify(action) };
      });
      const roles = [
        ...definitions.map((definition) => roleDraft(definition, notes)),
        ...denies.map((each) => denyRoleOf(each, notes)),
      ];
      return {
        catalogue: catalogueOf(setting, { name: 'Microsoft Azure', caseSensitiveActions: false, permissions, roles }),
        places: new Map([
          ...definitions.map(({ roleName, place }) => [roleName, place] as const),
          ...denies.map((deny) => [denyRoleName(deny), deny.place] as const),
        ]),
        ...(assignments.length + denies.length > 0 && { rows }),
        notes: [...notes, ...classifier.notes()],
      };
    },
  };
}

/**
 * Each subscription lists the built-in roles, and the custom ones that may be assigned in it.
 * @throws GraphError INVALID where two of one name permit different things
 */
function onceEach(definitions: readonly AzureDefinition[]): readonly AzureDefinition[] {
  const held = new Map<string, AzureDefinition>();
  for (const each of definitions) {
    const other = held.get(fold(each.roleName));
    if (other !== undefined && JSON.stringify(other.permissions) !== JSON.stringify(each.permissions))
      throw refusal(
        each.place,
        'DUPLICATE',
        `\`${each.roleName}\` stands at \`${other.place}\` otherwise`,
        'export all definitions at one time',
      );
    if (other === undefined) held.set(fold(each.roleName), each);
  }
  return [...held.values()];
}

const noOperations: Issue = {
  pointer: '',
  code: 'NO_OPERATIONS',
  message: 'no provider’s operations are among the files: patterns are expanded over what role definitions name alone',
  hint: 'send them along; docs/importers/azure.md says how to export them',
};

/** What providers offer and what definitions name, each once in each plane, in the order of their names. */
function actionsOf({ operations, definitions, denies }: AzureContent): readonly LabelledAction[] {
  const actions = new Map<string, LabelledAction>();
  const add = (plane: LabelledAction['plane'], names: readonly string[], place: string) => {
    for (const action of names)
      if (!action.includes('*') && !actions.has(`${fold(action)} ${plane}`))
        actions.set(`${fold(action)} ${plane}`, { plane, action, place });
  };
  for (const { name, isDataAction, place } of operations) add(isDataAction ? 'DATA' : 'CONTROL', [name], place);
  for (const { permissions, place } of [...definitions, ...denies])
    for (const block of permissions) {
      add('CONTROL', [...block.actions, ...block.notActions], place);
      add('DATA', [...block.dataActions, ...block.notDataActions], place);
    }
  return [...actions].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, action]) => action);
}

function roleDraft({ roleName, description, permissions, place }: AzureDefinition, notes: Issue[]): RoleDraft {
  const statements = readBlocks(permissions, { effect: 'ALLOW', place, notes });
  return { name: roleName, ...(description && { description }), statements: [...statements] };
}
