import type { KeycloakGroup, KeycloakRealm, KeycloakUser } from './keycloak-files.js';
import { clientRoleName, type RoleBook, roleNames } from './keycloak-roles.js';
import { placeOf, type RowBook, refusal } from './platform-import.js';

interface PrincipalSetting {
  readonly rows: RowBook;
  readonly book: RoleBook;
}

/** A realm is a resource, `/acme`: the scope of what is mapped in it. */
export const realmPathOf = (realm: string): string => `/${realm.replaceAll('/', '\u2215')}`;

/** Users, service accounts, groups with what contains them, and the roles that are mapped to each. */
export function writePrincipals(realms: readonly KeycloakRealm[], setting: PrincipalSetting): void {
  const { rows } = setting;
  for (const realm of realms) {
    rows.add({ kind: 'resource', path: realmPathOf(realm.realm), displayName: realm.displayName || realm.realm });
    const groups = new Set<string>();
    for (const [at, group] of realm.groups.entries())
      writeGroup(group, { realm, setting, groups, parent: undefined, path: [...realm.path, 'groups', at] });
    for (const user of realm.users) {
      const { file, path: userPath } = user;
      const externalId = writeUser(user, realms.length > 1 ? `${realm.realm}/` : '', { realm, setting });
      writeMappings(
        externalId,
        { realm: user.realmRoles, client: user.clientRoles },
        { realm, setting, file, path: userPath },
      );
      for (const [i, path] of user.groups.entries()) {
        const group = groupIdOf(realm.realm, path);
        if (!groups.has(group)) throw unknownGroup(placeOf(file, [...userPath, 'groups', i]), path);
        rows.add({ kind: 'membership', group, member: { externalId } });
      }
    }
  }
  for (const realm of realms) writeImpersonation(realm, realms, setting);
}

/** A path has a `/` before each name; one within a name is escaped by Keycloak, and stays so. */
const groupIdOf = (realm: string, path: string): string => `${realm}${path.startsWith('/') ? path : `/${path}`}`;
const userIdOf = (realm: string, { id, username = '' }: KeycloakUser): string => id ?? `${realm}/users/${username}`;

function unknownGroup(pointer: string, path: string) {
  return refusal(pointer, 'UNKNOWN_GROUP', `\`${path}\` is no group of the realm`, 'export groups and users together');
}

interface GroupPlace {
  readonly realm: KeycloakRealm;
  readonly setting: PrincipalSetting;
  /** Ids of the groups so far. */
  readonly groups: Set<string>;
  readonly parent: { readonly id: string; readonly path: string } | undefined;
  readonly path: readonly PropertyKey[];
}

/** "Members inherit the attributes and role mappings of parent groups": a group is a member of the one that contains it. */
function writeGroup(group: KeycloakGroup, place: GroupPlace): void {
  const { realm, setting, groups, parent, path } = place;
  const groupPath = `${parent?.path ?? ''}/${group.name.replaceAll('/', '~/')}`;
  const externalId = groupIdOf(realm.realm, groupPath);
  groups.add(externalId);
  setting.rows.add({ kind: 'group', externalId, displayName: groupPath });
  if (parent) setting.rows.add({ kind: 'membership', group: parent.id, member: { externalId } });
  const { file } = realm;
  writeMappings(externalId, { realm: group.realmRoles, client: group.clientRoles }, { realm, setting, file, path });
  for (const [at, sub] of group.subGroups.entries())
    writeGroup(sub, { ...place, parent: { id: externalId, path: groupPath }, path: [...path, 'subGroups', at] });
}

function writeUser(
  user: KeycloakUser,
  prefix: string,
  { realm, setting }: Pick<GroupPlace, 'realm' | 'setting'>,
): string {
  const externalId = userIdOf(realm.realm, user);
  const displayName = [user.firstName, user.lastName].filter((part) => part).join(' ');
  setting.rows.add({
    kind: 'account',
    externalId,
    userName: `${prefix}${user.username ?? externalId}`,
    ...(displayName !== '' && { displayName }),
    type: user.serviceAccountClientId ? 'SERVICE_ACCOUNT' : 'HUMAN',
    // One of a directory is switched off there.
    active: user.enabled ?? user.username === undefined,
    ...(user.email && { emails: [user.email] }),
  });
  return externalId;
}

function writeMappings(
  externalId: string,
  lists: Parameters<typeof roleNames>[1],
  { realm, setting, file, path }: Pick<GroupPlace, 'realm' | 'setting' | 'path'> & { readonly file: string },
): void {
  const scope = realmPathOf(realm.realm);
  for (const role of setting.book.need(roleNames(realm.realm, lists), placeOf(file, path)))
    setting.rows.add({ kind: 'assignment', principal: { externalId }, role, scope });
}

/** Who has the role `impersonation` of a realm signs in as any user of it; the realm `master` has one for each realm. */
function writeImpersonation(
  { realm, users }: KeycloakRealm,
  realms: readonly KeycloakRealm[],
  { rows, book }: PrincipalSetting,
): void {
  const known = new Set(book.drafts().map(({ name }) => name));
  const rights = [
    { at: realm, role: clientRoleName(realm, 'realm-management', 'impersonation') },
    ...realms.map((each) => ({ at: each.realm, role: clientRoleName(each.realm, `${realm}-realm`, 'impersonation') })),
  ].filter(({ at, role }) => known.has(role) && (at === realm || at === 'master'));
  for (const user of users)
    for (const { at, role } of rights)
      rows.add({ kind: 'actAs', role, to: userIdOf(realm, user), at: realmPathOf(at) });
}
