import type { Issue } from '../../kernel/errors.js';
import type { KeycloakComponent, KeycloakMapper, KeycloakRealm } from './keycloak-files.js';
import { placeOf } from './platform-import.js';

/** Parts of a realm that decide who may do what and have no counterpart here. */
export function notReadOf({
  file,
  path,
  clients,
  clientScopes,
  identityProviderMappers,
  components,
}: KeycloakRealm): readonly Issue[] {
  const place = (...steps: readonly PropertyKey[]) => placeOf(file, [...path, ...steps]);
  const policies = clients.flatMap(({ clientId, authorizationSettings }, at) =>
    (authorizationSettings?.policies.length ?? 0) > 0
      ? [note(place('clients', at, 'authorizationSettings'), `authorization policies of the client \`${clientId}\``)]
      : [],
  );
  const atSignIn = identityProviderMappers.flatMap(({ name = '', config }, at) =>
    typeof config?.role === 'string' || typeof config?.group === 'string'
      ? [note(place('identityProviderMappers', at), `the mapper \`${name}\`, which gives a role or group at sign-in,`)]
      : [],
  );
  const inTokens = [
    ...clients.flatMap(({ protocolMappers }, at) => hardcoded(protocolMappers, place('clients', at))),
    ...clientScopes.flatMap(({ protocolMappers }, at) => hardcoded(protocolMappers, place('clientScopes', at))),
  ];
  const ofDirectories = Object.entries(components).flatMap(([type, all]) =>
    all.flatMap((each, at) => directoryMappers(each, place('components', type, at))),
  );
  return [...policies, ...atSignIn, ...inTokens, ...ofDirectories];
}

/** Whoever has a token of the client has the role in it. */
function hardcoded(mappers: readonly KeycloakMapper[], place: string): readonly Issue[] {
  return mappers.flatMap(({ name = '', protocolMapper = '' }, at) =>
    /hardcode.*role-mapper/.test(protocolMapper)
      ? [note(`${place}/protocolMappers/${at}`, `the mapper \`${name}\`, which puts a role into every token,`)]
      : [],
  );
}

/** Roles and groups that a directory gives to its users. */
function directoryMappers({ subComponents = {} }: KeycloakComponent, place: string): readonly Issue[] {
  return Object.entries(subComponents).flatMap(([type, all]) =>
    all.flatMap(({ name = '', providerId = '' }, at) =>
      /(role|group)-(ldap-)?mapper|hardcoded-ldap-(role|group)/.test(providerId)
        ? [
            note(
              `${place}/subComponents/${type}/${at}`,
              `the mapper \`${name}\`, which takes roles or groups from a directory,`,
            ),
          ]
        : [],
    ),
  );
}

function note(pointer: string, what: string): Issue {
  return { pointer, code: 'NOT_READ', message: `${what} cannot be said here`, hint: 'judge it in Keycloak' };
}
