import type { Issue } from '../../kernel/errors.js';
import type { AzureAssignment, AzureDefinition, AzureDeny, AzureEntity } from './azure-files.js';
import { type AzureScopes, createAzureScopes } from './azure-scopes.js';
import { conditional } from './azure-statements.js';
import { opaqueCondition } from './opaque-condition.js';
import { type RowBook, refused } from './platform-import.js';

export interface AzureEstate {
  readonly definitions: readonly AzureDefinition[];
  readonly entities: readonly AzureEntity[];
  /** Object ids of those that are written. */
  readonly principals: Set<string>;
  readonly rows: RowBook;
  readonly notes: Issue[];
}

/** Principals, and who has which role on which scope, also only eligible. @throws GraphError INVALID where a scope has no place */
export function writeAssignments(
  assignments: readonly AzureAssignment[],
  denies: readonly AzureDeny[],
  estate: AzureEstate,
): AzureScopes {
  const { definitions, entities, rows, notes } = estate;
  const scopes = createAzureScopes(entities);
  const faults = scopes.faults([...assignments, ...denies]);
  if (faults.length > 0) throw refused(faults);
  for (const { id, displayName } of entities)
    if (scopes.pathOf(id) !== '/')
      rows.add({ kind: 'resource', path: scopes.pathOf(id), ...(displayName && { displayName }) });
  const roles = new Map(definitions.map(({ name, roleName }) => [name.toLowerCase(), roleName]));
  for (const assignment of assignments) {
    const { principalId, condition, startDateTime, endDateTime, place } = assignment;
    writePrincipal(assignment, estate);
    const guid = assignment.roleDefinitionId.slice(assignment.roleDefinitionId.lastIndexOf('/') + 1).toLowerCase();
    const role = roles.get(guid) ?? assignment.roleDefinitionName ?? guid;
    if (!roles.has(guid)) notes.push(unknownRole(place, role));
    if (condition) notes.push(conditional(`${place}/condition`, 'the assignment is'));
    rows.add({
      kind: 'assignment',
      ...(assignment.id !== undefined && { id: assignment.id }),
      principal: { externalId: principalId },
      role,
      scope: scopes.pathOf(assignment.scope),
      ...(assignment.type?.toLowerCase().includes('/roleeligibility') && { eligible: true }),
      ...(startDateTime && { validFrom: startDateTime }),
      ...(endDateTime && { validUntil: endDateTime }),
      ...(condition && { condition: opaqueCondition(condition) }),
    });
  }
  return scopes;
}

const accountTypes: Readonly<Record<string, 'HUMAN' | 'SERVICE_ACCOUNT' | 'WORKLOAD'>> = {
  User: 'HUMAN',
  ServicePrincipal: 'SERVICE_ACCOUNT',
  Device: 'WORKLOAD',
};

export type AzurePrincipal = Pick<AzureAssignment, 'principalId' | 'principalName' | 'principalType' | 'place'>;

/** By object id, which Entra ID also calls the principal by; once, as it is named first. */
export function writePrincipal(
  { principalId, principalName, principalType, place }: AzurePrincipal,
  { principals, rows, notes }: AzureEstate,
): void {
  if (principals.has(principalId)) return;
  principals.add(principalId);
  if (principalType?.endsWith('Group')) {
    rows.add({ kind: 'group', externalId: principalId, displayName: principalName || principalId });
    return;
  }
  const type = accountTypes[principalType ?? ''];
  if (type === undefined) notes.push(unknownPrincipal(place, principalId));
  const userName = type === 'HUMAN' && principalName ? principalName : principalId;
  const displayName = principalName && principalName !== userName ? { displayName: principalName } : {};
  rows.add({ kind: 'account', externalId: principalId, userName, ...displayName, type: type ?? 'WORKLOAD' });
}

function unknownPrincipal(pointer: string, id: string): Issue {
  return {
    pointer,
    code: 'ASSUMED_TYPE',
    message: `\`${id}\` is of no known type, as deleted principals are; it is taken for a workload`,
    hint: 'remove the assignment if the principal is gone',
  };
}

function unknownRole(pointer: string, role: string): Issue {
  return {
    pointer,
    code: 'UNKNOWN_ROLE',
    message: `\`${role}\` is assigned, and no file defines it: it conveys nothing`,
    hint: 'send its definition along',
  };
}
