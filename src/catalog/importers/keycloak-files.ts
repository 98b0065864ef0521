import { z } from 'zod';
import { type PlatformFile, parseAs, placeOf, refusal } from './platform-import.js';
import { readValues } from './read-values.js';

const names = z.array(z.string()).default([]);
const byClient = z.record(z.string(), z.array(z.string())).default({});

const role = z.object({
  name: z.string(),
  description: z.string().nullish(),
  composites: z.object({ realm: names, client: byClient, application: byClient }).partial().optional(),
});
export type KeycloakRole = z.output<typeof role>;

const user = z.object({
  id: z.string().optional(),
  /** Of one whose record is in a directory, only what Keycloak keeps of it is exported, and that has no name. */
  username: z.string().optional(),
  email: z.string().nullish(),
  firstName: z.string().nullish(),
  lastName: z.string().nullish(),
  enabled: z.boolean().optional(),
  serviceAccountClientId: z.string().nullish(),
  realmRoles: names,
  clientRoles: byClient,
  groups: names,
});
export type KeycloakUser = z.output<typeof user> & Stands;

/** Where it stands: the file, and the steps to it. */
export interface Stands {
  readonly file: string;
  readonly path: readonly PropertyKey[];
}

const group = z.object({
  name: z.string(),
  realmRoles: names,
  clientRoles: byClient,
  get subGroups() {
    return z.array(group).default([]);
  },
});
export type KeycloakGroup = z.output<typeof group>;

const mapper = z.object({ name: z.string().optional(), protocolMapper: z.string().optional() });
const mappers = z
  .array(mapper)
  .nullish()
  .transform((all) => all ?? []);

const component = z.object({
  name: z.string().optional(),
  providerId: z.string().optional(),
  get subComponents() {
    return z.record(z.string(), z.array(component)).optional();
  },
});

const realm = z.object({
  realm: z.string().min(1),
  displayName: z.string().nullish(),
  roles: z
    .object({ realm: z.array(role).default([]), client: z.record(z.string(), z.array(role)).default({}) })
    .default({ realm: [], client: {} }),
  groups: z.array(group).default([]),
  users: z.array(user).default([]),
  federatedUsers: z.array(user).default([]),
  clients: z
    .array(
      z.object({
        clientId: z.string(),
        authorizationSettings: z.object({ policies: z.array(z.unknown()).default([]) }).nullish(),
        protocolMappers: mappers,
      }),
    )
    .default([]),
  clientScopes: z.array(z.object({ name: z.string(), protocolMappers: mappers })).default([]),
  identityProviderMappers: z
    .array(z.object({ name: z.string().optional(), config: z.record(z.string(), z.unknown()).nullish() }))
    .default([]),
  components: z.record(z.string(), z.array(component)).default({}),
});
export type KeycloakMapper = z.output<typeof mapper>;
export type KeycloakComponent = z.output<typeof component>;
export type KeycloakRealm = Omit<z.output<typeof realm>, 'users' | 'federatedUsers'> &
  Stands & { readonly users: readonly KeycloakUser[] };

/** What a value of a file says. */
export type KeycloakPart =
  | { readonly kind: 'realm'; readonly realm: KeycloakRealm }
  /** Users of a realm whose other parts are in another file. */
  | { readonly kind: 'users'; readonly realm: KeycloakRealm };

const lists: ReadonlySet<string> = new Set(['users', 'federatedUsers']);

/** A realm's representation, or a list of them; or users of a realm. @throws GraphError INVALID */
export async function* readKeycloakFile(given: PlatformFile): AsyncGenerator<KeycloakPart> {
  const file = given.name;
  let users: KeycloakUser[] = [];
  let isEmpty = true;
  for await (const { value, path, list } of readValues(given, lists)) {
    isEmpty = false;
    if (list !== undefined) users.push({ ...parseAs(user, value, file, path), file, path });
    else {
      yield readPart(value, users, { file, path });
      users = [];
    }
  }
  if (isEmpty)
    throw refusal(placeOf(file, []), 'UNKNOWN_FILE', 'holds no realm', 'send what docs/importers/keycloak.md names');
}

function readPart(value: unknown, users: readonly KeycloakUser[], { file, path }: Stands): KeycloakPart {
  const { users: whole, federatedUsers, ...rest } = parseAs(realm, value, file, path);
  const all = [
    ...users,
    ...whole.map((each, at) => ({ ...each, file, path: [...path, 'users', at] })),
    ...federatedUsers.map((each, at) => ({ ...each, file, path: [...path, 'federatedUsers', at] })),
  ];
  const isUsersAlone = all.length > 0 && Object.keys(value as object).every((key) => key === 'realm' || lists.has(key));
  return { kind: isUsersAlone ? 'users' : 'realm', realm: { ...rest, users: all, file, path } };
}
