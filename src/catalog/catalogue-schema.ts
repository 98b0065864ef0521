import { z } from 'zod';
import { condition, environment, name, plane, resourcePath, slug, text } from './document-fields.js';

const permission = z.strictObject({
  action: name().describe('The action as the application spells it, such as contact.read.'),
  plane: plane.default('CONTROL'),
  class: z.enum(['READ', 'WRITE', 'ADMIN', 'GRANT', 'IMPERSONATE', 'SECRET']),
  tier: z
    .union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)])
    .describe(
      '0: control of the identity system; 1: administration of the application, bulk secrets or export; 2: writing; 3: reading ordinary data.',
    ),
  description: text(4096).optional(),
});

const patterns = z.array(name()).max(20_000);
const statement = z
  .strictObject({
    name: name()
      .refine((value) => !value.startsWith('#'), {
        message: 'begins with `#`, which names statements without a name',
        params: { hint: 'leave the `#` out' },
      })
      .optional()
      .describe(
        'Unique within the role, kept from version to version. Absent: named after effect, resources and condition.',
      ),
    effect: z.enum(['ALLOW', 'DENY']).default('ALLOW'),
    plane: plane.default('CONTROL'),
    actions: patterns.min(1).describe('Patterns: * is any run of characters, ? is one, anywhere.'),
    notActions: patterns.default([]).describe('Subtracted from this statement alone; no deny.'),
    resources: patterns.min(1).optional().describe('Patterns of paths; the statement speaks of these only.'),
    notResources: patterns.min(1).optional().describe('Patterns of paths; the statement speaks of all others.'),
    condition: condition.optional(),
  })
  .refine((value) => value.resources === undefined || value.notResources === undefined, {
    message: 'has both `resources` and `notResources`',
    params: { hint: 'split the statement' },
  });

const role = z.strictObject({
  name: name(),
  tenant: slug.optional().describe('Present: this tenant’s own role. Absent: every tenant’s.'),
  displayName: text(1024).optional(),
  description: text(4096).optional(),
  assignable: z.boolean().default(true),
  deprecated: z.boolean().default(false),
  inherits: z
    .array(name())
    .max(10_000)
    .default([])
    .describe(
      'Roles whose permissions this one has too: the tenant’s own of that name, else the application’s. Cycles are allowed.',
    ),
  permissions: z
    .array(name())
    .max(100_000)
    .default([])
    .describe('Actions allowed without condition, each by its exact name.'),
  statements: z.array(statement).max(10_000).default([]),
});

const resource = z.strictObject({
  tenant: slug,
  path: resourcePath,
  displayName: text(1024).optional(),
  environment: environment.optional(),
});

export const catalogueSchema = z
  .strictObject({
    apiVersion: z.literal('idgraph/v1'),
    kind: z.literal('Catalogue'),
    application: slug,
    name: name(),
    version: name().describe('Whatever tells this document from the one before.'),
    caseSensitiveActions: z.boolean().default(true),
    directMembersOnly: z.boolean().default(false).describe('A group’s assignment counts for its direct members only.'),
    permissions: z.array(permission).max(200_000),
    roles: z.array(role).max(100_000),
    resources: z.array(resource).max(200_000).default([]),
  })
  .meta({ title: 'Catalogue', description: 'The roles, permissions and resources of one application.' });

export type Catalogue = z.output<typeof catalogueSchema>;
export type CatalogueRole = Catalogue['roles'][number];
export type CatalogueStatement = CatalogueRole['statements'][number];
