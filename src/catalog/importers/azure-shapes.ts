import { hasKey } from './read-values.js';

/** What `Get-AzRoleDefinition`, `Get-AzRoleAssignment` and `Get-AzDenyAssignment` call what the interface calls otherwise. */
const POWERSHELL: Readonly<Record<string, string>> = {
  RoleAssignmentId: 'id',
  ObjectId: 'principalId',
  ObjectType: 'principalType',
  RoleDefinitionId: 'roleDefinitionId',
  RoleDefinitionName: 'roleDefinitionName',
  Scope: 'scope',
  Condition: 'condition',
  Description: 'description',
  DenyAssignmentName: 'denyAssignmentName',
  DoNotApplyToChildScopes: 'doNotApplyToChildScopes',
};
const blockFields = ['Actions', 'NotActions', 'DataActions', 'NotDataActions'] as const;

/** One shape for what `az`, the interface and PowerShell write: that of `az`. */
export function normalized(item: unknown): unknown {
  if (hasKey(item, 'properties')) {
    const { properties, ...rest } = item;
    return { ...rest, ...(properties as object) };
  }
  if (hasKey(item, 'DenyAssignmentName')) return denyOfPowerShell(item);
  if (hasKey(item, 'ObjectId') && hasKey(item, 'RoleDefinitionId')) return assignmentOfPowerShell(item);
  if (hasKey(item, 'Name') && (hasKey(item, 'Actions') || hasKey(item, 'DataActions')))
    return definitionOfPowerShell(item);
  return item;
}

function definitionOfPowerShell(item: object): object {
  const { Id, Name, Description } = item as Readonly<Record<string, unknown>>;
  return { name: Id ?? Name, roleName: Name, description: Description, permissions: [blockOf(item)] };
}

function assignmentOfPowerShell(item: object): object {
  const { SignInName, DisplayName } = item as Readonly<Record<string, unknown>>;
  return { ...renamed(item), principalName: SignInName || DisplayName };
}

function denyOfPowerShell(item: object): object {
  const { Id, Principals, ExcludePrincipals } = item as Readonly<Record<string, unknown>>;
  const { condition: _, ...block } = blockOf(item);
  return {
    ...renamed(item),
    id: Id,
    permissions: [block],
    principals: principalsOf(Principals),
    excludePrincipals: principalsOf(ExcludePrincipals),
  };
}

function principalsOf(list: unknown): unknown {
  if (!Array.isArray(list)) return list;
  return list.map((each: Readonly<Record<string, unknown>>) => ({
    id: each.ObjectId,
    type: each.ObjectType,
    displayName: each.DisplayName,
  }));
}

function renamed(item: object): object {
  return Object.fromEntries(
    Object.entries(item).flatMap(([key, value]) => (Object.hasOwn(POWERSHELL, key) ? [[POWERSHELL[key], value]] : [])),
  );
}

function blockOf(item: object): Readonly<Record<string, unknown>> {
  const given = item as Readonly<Record<string, unknown>>;
  const lists = blockFields.map((field) => [`${field[0]?.toLowerCase()}${field.slice(1)}`, given[field]] as const);
  return Object.fromEntries([...lists, ['condition', given.Condition], ['conditionVersion', given.ConditionVersion]]);
}
