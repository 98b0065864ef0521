import type { Issue } from '../../kernel/errors.js';
import { type AzureEstate, writePrincipal } from './azure-assignments.js';
import type { AzureDeny } from './azure-files.js';
import type { AzureScopes } from './azure-scopes.js';
import { conditional, readBlocks } from './azure-statements.js';
import { opaqueCondition } from './opaque-condition.js';
import type { RoleDraft } from './platform-import.js';

/** Whom Azure calls all principals of the directory, of type `SystemDefined`. */
const everyone = '00000000-0000-0000-0000-000000000000';

/** A deny assignment as a role that denies. */
export function denyRoleOf(deny: AzureDeny, notes: Issue[]): RoleDraft {
  const { denyAssignmentName, description, permissions, place } = deny;
  const statements = readBlocks(permissions, { effect: 'DENY', place, notes });
  return {
    name: denyRoleName(deny),
    displayName: denyAssignmentName,
    ...(description && { description }),
    assignable: false,
    statements: [...statements],
  };
}

/** Names of deny assignments need not differ. */
export function denyRoleName({ id = '', denyAssignmentName }: AzureDeny): string {
  return `deny ${denyAssignmentName} ${id.slice(id.lastIndexOf('/') + 1).toLowerCase()}`.trim();
}

/** Who is denied what, where. What is excepted cannot be said exactly: then the deny is conditional, and listed. */
export function writeDenies(denies: readonly AzureDeny[], scopes: AzureScopes, estate: AzureEstate): void {
  const { rows, notes } = estate;
  for (const { principals, place } of denies)
    for (const { id, displayName, type } of principals)
      if (id !== everyone)
        writePrincipal({ principalId: id, principalName: displayName, principalType: type, place }, estate);
  for (const deny of denies) {
    const { id, scope, principals, place } = deny;
    const exceptions = exceptionsOf(deny);
    for (const field of exceptions) notes.push(conditional(`${place}/${field}`, 'the deny is'));
    const condition =
      exceptions.length > 0 &&
      opaqueCondition(JSON.stringify(Object.fromEntries(exceptions.map((field) => [field, deny[field]]))));
    for (const principal of principals) {
      if (principal.id === everyone) writeEveryone(estate, place);
      rows.add({
        kind: 'assignment',
        ...(id !== undefined && { id }),
        principal: { externalId: principal.id },
        role: denyRoleName(deny),
        scope: scopes.pathOf(scope),
        ...(condition && { condition }),
      });
    }
  }
}

function exceptionsOf(deny: AzureDeny): readonly ('excludePrincipals' | 'doNotApplyToChildScopes' | 'condition')[] {
  return [
    ...(deny.excludePrincipals.length > 0 ? (['excludePrincipals'] as const) : []),
    ...(deny.doNotApplyToChildScopes ? (['doNotApplyToChildScopes'] as const) : []),
    ...(deny.condition ? (['condition'] as const) : []),
  ];
}

/** All in the files, and whoever is in their groups. */
function writeEveryone({ rows, notes }: AzureEstate, place: string): void {
  const members = [...rows.rowsOf('account'), ...rows.rowsOf('group')].map(({ externalId }) => externalId);
  rows.add({ kind: 'group', externalId: everyone, displayName: 'All principals' });
  for (const externalId of members)
    if (externalId !== everyone) rows.add({ kind: 'membership', group: everyone, member: { externalId } });
  notes.push({
    pointer: `${place}/principals`,
    code: 'OUTSIDE',
    message: 'speaks of all principals: they stand as a group of those in the files',
    hint: 'import all role assignments along',
  });
}
