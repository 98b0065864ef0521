import type { Plane } from '../graph/node.js';
import { fold } from '../graph/text.js';
import type { Issue } from '../kernel/errors.js';
import type { Catalogue, CatalogueRole } from './catalogue-schema.js';
import { pointerOf } from './document-issues.js';

/** What the form cannot say: names that are there twice, and names of nothing. In the document's order. */
export function checkCatalogue(catalogue: Catalogue): readonly Issue[] {
  const spell = catalogue.caseSensitiveActions ? (text: string) => text : fold;
  return [
    ...duplicates(catalogue.permissions, 'permissions', 'action', (one) => [one.plane, spell(one.action)]),
    ...duplicates(catalogue.roles, 'roles', 'name', (one) => [one.tenant, one.name]),
    ...duplicates(catalogue.resources, 'resources', 'path', (one) => [one.tenant, one.path]),
    ...rootIssues(catalogue),
    ...roleIssues(catalogue, spell),
  ];
}

/** Finds the role that `name` means to a role of that tenant: the tenant's own, else the application's. */
export function createRoleFinder<Role extends Pick<CatalogueRole, 'name' | 'tenant'>>(
  roles: readonly Role[],
): (tenant: string | undefined, name: string) => Role | undefined {
  const byName = new Map(roles.map((role) => [keyOf([role.tenant, role.name]), role]));
  return (tenant, name) => byName.get(keyOf([tenant, name])) ?? byName.get(keyOf([undefined, name]));
}

function keyOf(parts: readonly (string | undefined)[]): string {
  return JSON.stringify(parts);
}

function duplicates<Item>(
  items: readonly Item[],
  list: string,
  field: string,
  key: (item: Item) => readonly (string | undefined)[],
): readonly Issue[] {
  const first = new Map<string, number>();
  return items.flatMap((item, at) => {
    const earlier = first.get(keyOf(key(item)));
    if (earlier === undefined) first.set(keyOf(key(item)), at);
    if (earlier === undefined) return [];
    return [
      {
        pointer: pointerOf([list, at, field]),
        code: 'DUPLICATE',
        message: `\`${key(item).at(-1)}\` is there already, at ${pointerOf([list, earlier])}`,
        hint: 'keep one of them',
      },
    ];
  });
}

function rootIssues(catalogue: Catalogue): readonly Issue[] {
  return catalogue.resources.flatMap((resource, at) =>
    resource.path === '/'
      ? [
          {
            pointer: pointerOf(['resources', at, 'path']),
            code: 'RULE',
            message: 'the root is made where the application is installed',
            hint: 'leave it out',
          },
        ]
      : [],
  );
}

function roleIssues(catalogue: Catalogue, spell: (text: string) => string): readonly Issue[] {
  const findRole = createRoleFinder(catalogue.roles);
  const folded = new Map(catalogue.roles.map((role) => [fold(role.name), role.name]));
  const planes = new Map<string, Plane[]>();
  for (const { action, plane } of catalogue.permissions)
    planes.set(spell(action), [...(planes.get(spell(action)) ?? []), plane]);

  return catalogue.roles.flatMap((role, at) => [
    ...role.inherits.flatMap((name, i) =>
      findRole(role.tenant, name) ? [] : [unknownRole(['roles', at, 'inherits', i], name, folded.get(fold(name)))],
    ),
    ...role.permissions.flatMap((action, i) =>
      permissionIssue(['roles', at, 'permissions', i], action, planes.get(spell(action)) ?? []),
    ),
    ...statementNameIssues(role, at),
  ]);
}

function unknownRole(path: readonly PropertyKey[], name: string, similar: string | undefined): Issue {
  return {
    pointer: pointerOf(path),
    code: 'UNKNOWN_ROLE',
    message: `\`${name}\` is no role of this catalogue, or another tenant's`,
    hint: similar === undefined ? 'add the role, or correct the name' : `did you mean \`${similar}\``,
  };
}

function permissionIssue(path: readonly PropertyKey[], action: string, planes: readonly Plane[]): readonly Issue[] {
  if (planes.length === 1) return [];
  const pointer = pointerOf(path);
  if (planes.length > 1)
    return [
      {
        pointer,
        code: 'AMBIGUOUS_PERMISSION',
        message: `\`${action}\` is an action of both planes`,
        hint: 'name it in a statement, which has a plane',
      },
    ];
  return [
    {
      pointer,
      code: 'UNKNOWN_PERMISSION',
      message: `\`${action}\` is no action of this catalogue`,
      hint: 'add it to `permissions`; a pattern belongs in a statement',
    },
  ];
}

function statementNameIssues(role: CatalogueRole, at: number): readonly Issue[] {
  const seen = new Set<string>();
  return role.statements.flatMap((statement, i) => {
    if (statement.name === undefined) return [];
    const repeated = seen.has(statement.name);
    seen.add(statement.name);
    if (!repeated) return [];
    return [
      {
        pointer: pointerOf(['roles', at, 'statements', i, 'name']),
        code: 'DUPLICATE',
        message: `\`${statement.name}\` names another statement of this role`,
        hint: 'give each its own name',
      },
    ];
  });
}
