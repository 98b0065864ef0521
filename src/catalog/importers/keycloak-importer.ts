import type { Issue } from '../../kernel/errors.js';
import { createClassifier } from './classification.js';
import { type KeycloakRealm, readKeycloakFile } from './keycloak-files.js';
import { writePrincipals } from './keycloak-principals.js';
import { createRoleBook } from './keycloak-roles.js';
import { catalogueOf, type PermissionDraft, type PlatformImporter, placeOf, refusal } from './platform-import.js';
import { createRowBook } from './row-book.js';

/** Exports of realms: `docs/importers/keycloak.md`. */
export function createKeycloakImporter(): PlatformImporter {
  const realms = new Map<string, KeycloakRealm>();
  return {
    add(file) {
      for (const realm of readKeycloakFile(file)) {
        if (realms.has(realm.realm))
          throw refusal(
            placeOf(realm.file, realm.path),
            'DUPLICATE',
            `\`${realm.realm}\` is there already`,
            'send each realm once, whole',
          );
        realms.set(realm.realm, realm);
      }
    },
    finish(setting) {
      const all = [...realms.values()];
      const notes: Issue[] = all.flatMap(notRead);
      const rows = createRowBook();
      const book = createRoleBook(all, notes);
      writePrincipals(all, { rows, book });
      const roles = [...book.drafts()];
      const classifier = createClassifier(setting.classification, { caseSensitive: true });
      const permissions = roles.map(({ name }): PermissionDraft => {
        return { action: name, ...classifier.classify({ action: name, plane: 'CONTROL' }) };
      });
      const hasPrincipals = all.some(({ users, groups }) => users.length + groups.length > 0);
      return {
        catalogue: catalogueOf(setting, { name: 'Keycloak', permissions, roles }),
        ...(hasPrincipals && { rows: rows.rows() }),
        notes: [...notes, ...classifier.notes()],
      };
    },
  };
}

/** Parts of a realm that decide who may do what and have no counterpart here. */
function notRead({ file, path, clients, identityProviderMappers }: KeycloakRealm): readonly Issue[] {
  const policies = clients.flatMap(({ clientId, authorizationSettings }, at) =>
    (authorizationSettings?.policies.length ?? 0) > 0
      ? [
          notReadNote(
            placeOf(file, [...path, 'clients', at, 'authorizationSettings']),
            `authorization policies of the client \`${clientId}\``,
          ),
        ]
      : [],
  );
  const mappers = identityProviderMappers.flatMap(({ name = '', config }, at) =>
    typeof config?.role === 'string' || typeof config?.group === 'string'
      ? [
          notReadNote(
            placeOf(file, [...path, 'identityProviderMappers', at]),
            `the mapper \`${name}\`, which gives a role or group at sign-in,`,
          ),
        ]
      : [],
  );
  return [...policies, ...mappers];
}

function notReadNote(pointer: string, what: string): Issue {
  return { pointer, code: 'NOT_READ', message: `${what} cannot be said here`, hint: 'judge it in Keycloak' };
}
