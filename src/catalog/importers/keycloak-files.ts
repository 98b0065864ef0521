import { z } from 'zod';
import { readJsonValues } from './json-values.js';
import { type PlatformFile, parseAs, placeOf, refusal } from './platform-import.js';

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
  username: z.string(),
  email: z.string().nullish(),
  firstName: z.string().nullish(),
  lastName: z.string().nullish(),
  enabled: z.boolean().default(false),
  serviceAccountClientId: z.string().nullish(),
  realmRoles: names,
  clientRoles: byClient,
  groups: names,
});
export type KeycloakUser = z.output<typeof user>;

const group = z.object({
  name: z.string(),
  realmRoles: names,
  clientRoles: byClient,
  get subGroups() {
    return z.array(group).default([]);
  },
});
export type KeycloakGroup = z.output<typeof group>;

const realm = z.object({
  realm: z.string().min(1),
  displayName: z.string().nullish(),
  roles: z
    .object({ realm: z.array(role).default([]), client: z.record(z.string(), z.array(role)).default({}) })
    .default({ realm: [], client: {} }),
  groups: z.array(group).default([]),
  users: z.array(user).default([]),
  clients: z
    .array(
      z.object({
        clientId: z.string(),
        authorizationSettings: z.object({ policies: z.array(z.unknown()).default([]) }).nullish(),
      }),
    )
    .default([]),
  identityProviderMappers: z
    .array(z.object({ name: z.string().optional(), config: z.record(z.string(), z.unknown()).nullish() }))
    .default([]),
});
export type KeycloakRealm = z.output<typeof realm> & {
  readonly file: string;
  /** The steps to it. */
  readonly path: readonly PropertyKey[];
};

/** A realm's representation, or a list of them. @throws GraphError INVALID */
export function readKeycloakFile({ name: file, text }: PlatformFile): readonly KeycloakRealm[] {
  const realms = readJsonValues(file, text).map(({ value, path }) => ({
    ...parseAs(realm, value, file, path),
    file,
    path,
  }));
  if (realms.length > 0) return realms;
  throw refusal(placeOf(file, []), 'UNKNOWN_FILE', 'holds no realm', 'send what docs/importers/keycloak.md names');
}
