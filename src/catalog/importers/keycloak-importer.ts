import type { Issue } from '../../kernel/errors.js';
import { createClassifier } from './classification.js';
import { type KeycloakPart, type KeycloakRealm, readKeycloakFile } from './keycloak-files.js';
import { notReadOf } from './keycloak-not-read.js';
import { writePrincipals } from './keycloak-principals.js';
import { createRoleBook } from './keycloak-roles.js';
import { catalogueOf, type PermissionDraft, type PlatformImporter, placeOf, refusal } from './platform-import.js';
import { createRowBook } from './row-book.js';

/** Exports of realms: `docs/importers/keycloak.md`. */
export function createKeycloakImporter(): PlatformImporter {
  const realms = new Map<string, KeycloakRealm>();
  const users: KeycloakRealm[] = [];
  return {
    async add(file) {
      for await (const part of readKeycloakFile(file)) keep(part, realms, users);
    },
    finish(setting) {
      const all = realmsOf(realms, users);
      const notes: Issue[] = all.flatMap(notReadOf);
      const rows = createRowBook();
      const book = createRoleBook(all, notes);
      writePrincipals(all, { rows, book });
      const roles = [...book.drafts()];
      const classifier = createClassifier(setting.classification, { caseSensitive: true });
      const permissions = roles.map(({ name }): PermissionDraft => {
        const place = book.placeOf(name);
        return { action: name, ...classifier.classify({ action: name, plane: 'CONTROL', place }) };
      });
      const hasPrincipals = all.some(({ users, groups }) => users.length + groups.length > 0);
      return {
        catalogue: catalogueOf(setting, { name: 'Keycloak', permissions, roles }),
        places: new Map(roles.map(({ name }) => [name, book.placeOf(name) ?? ''])),
        ...(hasPrincipals && { rows }),
        notes: [...notes, ...classifier.notes()],
      };
    },
  };
}

function keep({ kind, realm }: KeycloakPart, realms: Map<string, KeycloakRealm>, users: KeycloakRealm[]): void {
  if (kind === 'users') users.push(realm);
  else if (!realms.has(realm.realm)) realms.set(realm.realm, realm);
  else
    throw refusal(
      placeOf(realm.file, realm.path),
      'DUPLICATE',
      `\`${realm.realm}\` is there already`,
      'send each realm once, whole',
    );
}

/** Realms with the users that are in files of their own. */
function realmsOf(
  realms: ReadonlyMap<string, KeycloakRealm>,
  users: readonly KeycloakRealm[],
): readonly KeycloakRealm[] {
  const all = new Map(realms);
  for (const part of users) {
    const { realm } = part;
    const held = all.get(realm);
    all.set(realm, held ? { ...held, users: [...held.users, ...part.users] } : part);
  }
  return [...all.values()];
}
