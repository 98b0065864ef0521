import type { Issue } from '../../kernel/errors.js';
import type { KeycloakRealm, KeycloakRole } from './keycloak-files.js';
import type { RoleDraft } from './platform-import.js';

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
}

/** Composites are inheritance; cycles are allowed and mean what they say. */
export function createRoleBook(realms: readonly KeycloakRealm[], notes: Issue[]): RoleBook {
  const drafts = new Map<string, RoleDraft>();
  for (const { realm, roles } of realms) {
    for (const role of roles.realm)
      drafts.set(realmRoleName(realm, role.name), draftOf(realmRoleName(realm, role.name), role, realm));
    for (const [client, own] of Object.entries(roles.client))
      for (const role of own) {
        const name = clientRoleName(realm, client, role.name);
        drafts.set(name, draftOf(name, role, realm));
      }
  }

  function need(names: readonly string[], pointer: string): readonly string[] {
    for (const name of names) {
      if (drafts.has(name)) continue;
      drafts.set(name, { name, permissions: [name] });
      notes.push({
        pointer,
        code: 'UNKNOWN_ROLE',
        message: `\`${name}\` is in no file; what it is composed of is not known, and it gives itself alone`,
        hint: 'export the whole realm, with its clients',
      });
    }
    return names;
  }
  for (const { name, inherits = [] } of [...drafts.values()]) need(inherits, name);
  return { need, drafts: () => [...drafts.values()].sort((a, b) => (a.name < b.name ? -1 : 1)) };
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
