import { z } from 'zod';
import type { ClassificationRule } from '../graph/classification.js';
import type { CorrelationRule, JsonObject, SourceNode } from '../graph/node.js';
import { GraphError } from '../kernel/errors.js';
import { customSchema, toExtension } from '../scim/custom-schema.js';
import { createSchemaRegistry } from '../scim/schema-registry.js';
import { maxPageSize } from '../store/graph-store.js';

const identityType = z.enum(['HUMAN', 'SERVICE_ACCOUNT', 'WORKLOAD', 'AI_AGENT']);
const pattern = z.string().min(1).max(256);
const classificationRule = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('userType'), type: identityType, value: pattern }),
  z.strictObject({ kind: z.literal('attribute'), type: identityType, attribute: pattern, pattern }),
  z.strictObject({ kind: z.literal('userName'), type: identityType, pattern }),
  z.strictObject({ kind: z.literal('group'), type: identityType, name: pattern }),
]);

const upTo = (most: number) => z.number().int().min(1).max(most).optional();

/** What a source may ask at once; what is absent the service says. Lengths are UTF-16 units. */
const sourceLimits = z.strictObject({
  requestsPerSecond: upTo(100_000),
  defaultPageSize: upTo(maxPageSize),
  maxPageSize: upTo(maxPageSize),
  cursorTimeoutSeconds: upTo(86_400),
  patchOperations: upTo(10_000),
  bulkOperations: upTo(10_000),
  pathLength: upTo(8_192),
  textLength: upTo(1_048_576),
  valuesPerAttribute: upTo(10_000),
  /** Of the JSON of a body. */
  nesting: upTo(64),
});

const sourceSettings = z.strictObject({
  dialect: z.enum(['lenient', 'rfc', 'interop']).default('lenient'),
  /** What a PATCH answers; `auto`: users 200 with a body, groups 204; `body`: groups too, unless they are large. */
  patchResponse: z.enum(['auto', 'body', 'none']).default('auto'),
  requireIfMatch: z.boolean().default(false),
  membersInResponses: z.boolean().default(true),
  /** Whether `User.groups` shows groups that hold the user through others. */
  indirectGroups: z.boolean().default(false),
  /** Whether `/ServiceProviderConfig`, `/ResourceTypes` and `/Schemas` are shown without a token. */
  openDiscovery: z.boolean().default(false),
  limits: sourceLimits.default({}),
  /** Schemas of the source's own. */
  schemas: z.array(customSchema).max(20).default([]),
  classification: z.array(classificationRule).max(200).default([]),
});

/** How a source is read and answered; what of it is not in the node's own fields. */
export type SourceSettings = z.infer<typeof sourceSettings>;

/** What is to be otherwise; `schemas` is JSON, a list. */
export interface SettingsRequest
  extends Partial<Pick<SourceSettings, 'requireIfMatch' | 'membersInResponses' | 'indirectGroups' | 'openDiscovery'>> {
  readonly dialect?: string;
  readonly patchResponse?: string;
  /** By name of the limit; these and no others differ from the service's. */
  readonly limits?: Readonly<Record<string, number>>;
  readonly schemas?: string;
}

/** The settings with what is asked for. @throws GraphError INVALID */
export function changeSettings(settings: object, { schemas, ...request }: SettingsRequest): SourceSettings {
  const changed = parseSourceSettings({
    ...settings,
    ...request,
    ...(schemas !== undefined && { schemas: parseJson(schemas) }),
  });
  createSchemaRegistry({ extensions: changed.schemas.map(toExtension) });
  return changed;
}

/** @throws GraphError INVALID with an issue a fault */
export function parseSourceSettings(settings: unknown): SourceSettings {
  const parsed = sourceSettings.safeParse(settings);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map((issue) => ({
    pointer: `/${issue.path.map(String).join('/')}`,
    code: issue.code,
    message: issue.message.charAt(0).toLowerCase() + issue.message.slice(1),
  }));
  throw new GraphError('INVALID', 'the settings of the source are faulty; see the issues', { issues });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new GraphError('INVALID', '`schemas` is no JSON; give a list of schemas', { argument: 'schemas' }, { cause });
  }
}

export function toSettingsJson(settings: SourceSettings): JsonObject {
  return JSON.parse(JSON.stringify(settings));
}

export function classificationOf(source: SourceNode): readonly ClassificationRule[] {
  return parseSourceSettings(source.settings).classification;
}

/** What a provider is set up with unless it is said otherwise. */
export interface SourcePreset {
  readonly nesting: SourceNode['nesting'];
  readonly externalIdsUnique: boolean;
  readonly groupNamesUnique: boolean;
  readonly emailsVerified: boolean;
  /** Absent: the model's default. */
  readonly correlateBy?: readonly CorrelationRule[];
  readonly settings: Pick<SourceSettings, 'dialect' | 'patchResponse' | 'requireIfMatch' | 'membersInResponses'>;
}

const lenient = {
  dialect: 'lenient',
  patchResponse: 'auto',
  requireIfMatch: false,
  membersInResponses: true,
} as const satisfies SourcePreset['settings'];
const usual = {
  nesting: 'TRANSITIVE',
  externalIdsUnique: false,
  groupNamesUnique: false,
  emailsVerified: false,
  settings: lenient,
} as const satisfies SourcePreset;

/** Providers by their habits: which push nested groups, need a body after PATCH, or keep names unique. */
export const SOURCE_PRESETS = {
  // Pushes groups flat, and reads a body after PATCH of a user.
  okta: { ...usual, nesting: 'DIRECT', settings: { ...lenient, patchResponse: 'auto' } },
  // Provisions the direct members of a group only, so what nests does not convey; asks for unique group names.
  entra: {
    ...usual,
    nesting: 'DIRECT',
    groupNamesUnique: true,
    correlateBy: ['externalId', 'userName', 'employeeNumber', 'email'],
  },
  onelogin: { ...usual, nesting: 'DIRECT' },
  // Makes and deletes a test user and a test group when it is switched on.
  jumpcloud: { ...usual, nesting: 'DIRECT' },
  ping: { ...usual },
  // Writes one-way and reads no body after PATCH of a group.
  google: { ...usual, nesting: 'DIRECT' },
  // What no RFC makes optional is not left out: whoever tests a server expects a body after PATCH.
  generic: { ...usual, settings: { ...lenient, dialect: 'rfc', patchResponse: 'body' } },
} as const satisfies Record<string, SourcePreset>;
export type PresetName = keyof typeof SOURCE_PRESETS;

/** @throws GraphError INVALID */
export function getPreset(name: string): SourcePreset {
  const preset = (SOURCE_PRESETS as Readonly<Record<string, SourcePreset>>)[name];
  if (preset === undefined || !Object.hasOwn(SOURCE_PRESETS, name))
    throw new GraphError('INVALID', `\`${name}\` is no preset; take one of ${Object.keys(SOURCE_PRESETS).join(', ')}`, {
      argument: 'preset',
    });
  return preset;
}
