import type { Issue } from '../../kernel/errors.js';
import type { KeycloakRealm, KeycloakRole } from './keycloak-files.js';
import { placeOf, type RoleDraft } from './platform-import.js';

/** `acme/roles/admin`; a client's, `acme/clients/shop/roles/buyer`: as the paths of Keycloak's own interface read. */
export const realmRoleName = (realm: string, role: string): string => `${realm}/roles/${role}`;
export const clientRoleName = (realm: string, client: string, role: string): string =>
  `${realm}/clients/${client}/roles/${role}`;

/** Names of realm roles and of client roles by client, as users, groups and composites list them. */
export interface RoleLists {
  readonly realm?: readonly string[] | undefined;
  readonly client?: Readonly<Record<string, readonly string[]>> | undefined;
}

export function roleNames(realm: string, { realm: own = [], client = {} }: RoleLists): readonly string[] {
  return [
    ...own.map((role) => realmRoleName(realm, role)),
    ...Object.entries(client).flatMap(([id, roles]) => roles.map((role) => clientRoleName(realm, id, role))),
  ];
}

/** Roles by name. A role is also the one permission that it gives besides those of its composites. */
export interface RoleBook {
  /** Names of roles that are mapped or composed; one that no file describes is made, and noted. `pointer`: where it is named. */
  need(names: readonly string[], pointer: string): readonly string[];
  /** In the order of their names. */
  drafts(): readonly RoleDraft[];
  /** Where the role stands, or is named first. */
  placeOf(name: string): string | undefined;
}

/** Composites are inheritance; cycles are allowed and mean what they say. */
export function createRoleBook(realms: readonly KeycloakRealm[], notes: Issue[]): RoleBook {
  const drafts = new Map<string, RoleDraft>();
  const places = new Map<string, string>();
  function keep(name: string, role: KeycloakRole, { realm, file, path }: KeycloakRealm, steps: readonly PropertyKey[]) {
    drafts.set(name, draftOf(name, role, realm));
    places.set(name, placeOf(file, [...path, 'roles', ...steps]));
  }
  for (const each of realms) {
    for (const [at, role] of each.roles.realm.entries())
      keep(realmRoleName(each.realm, role.name), role, each, ['realm', at]);
    for (const [client, own] of Object.entries(each.roles.client))
      for (const [at, role] of own.entries())
        keep(clientRoleName(each.realm, client, role.name), role, each, ['client', client, at]);
  }

  function need(names: readonly string[], pointer: string): readonly string[] {
    for (const name of names) {
      if (drafts.has(name)) continue;
      drafts.set(name, { name, permissions: [name] });
      places.set(name, pointer);
      notes.push({
        pointer,
        code: 'UNKNOWN_ROLE',
        message: `\`${name}\` is in no file; what it is composed of is not known, and it gives itself alone`,
        hint: 'export the whole realm, with its clients',
      });
    }
    return names;
  }
  for (const { name, inherits = [] } of [...drafts.values()]) need(inherits, `${places.get(name)}/composites`);
  return {
    need,
    placeOf: (name) => places.get(name),
    drafts: () => [...drafts.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
  };
}

function draftOf(
  name: string,
  { name: displayName, description, composites = {} }: KeycloakRole,
  realm: string,
): RoleDraft {
  const client = { ...composites.application, ...composites.client };
  const inherits = [...roleNames(realm, { realm: composites.realm, client })];
  return {
    name,
    displayName,
    ...(description && { description }),
    ...(inherits.length > 0 && { inherits }),
    permissions: [name],
  };
}
