import { z } from 'zod';
import { hasKey, readJsonValues } from './json-values.js';
import { type PlatformFile, parseAs, placeOf, refusal } from './platform-import.js';

const actions = z
  .array(z.string().trim())
  .nullish()
  .transform((values) => values ?? []);

/** Every field of a block, and no other: one that is unknown could narrow it. */
const block = z.strictObject({
  actions,
  notActions: actions,
  dataActions: actions,
  notDataActions: actions,
  condition: z.string().nullish(),
  conditionVersion: z.string().nullish(),
});

const definition = z.object({
  name: z.string(),
  roleName: z.string(),
  description: z.string().nullish(),
  permissions: z.array(block),
});

const assignment = z.object({
  id: z.string().optional(),
  type: z.string().optional(),
  principalId: z.string(),
  principalName: z.string().nullish(),
  principalType: z.string().nullish(),
  roleDefinitionId: z.string(),
  roleDefinitionName: z.string().nullish(),
  scope: z.string().startsWith('/'),
  condition: z.string().nullish(),
  startDateTime: z.iso.datetime({ offset: true }).nullish(),
  endDateTime: z.iso.datetime({ offset: true }).nullish(),
});

const entity = z.object({
  id: z.string().startsWith('/'),
  displayName: z.string().nullish(),
  parent: z.object({ id: z.string().nullish() }).nullish(),
});

const operation = z.object({ name: z.string(), isDataAction: z.boolean().nullish() });
const operations = z
  .array(operation)
  .nullish()
  .transform((values) => values ?? []);
const provider = z.object({
  operations,
  resourceTypes: z
    .array(z.object({ operations }))
    .nullish()
    .transform((values) => values ?? []),
});

interface Placed {
  /** `roles.json#/3` */
  readonly place: string;
}
export type AzureDefinition = z.output<typeof definition> & Placed;
export type AzureAssignment = z.output<typeof assignment> & Placed;
export type AzureEntity = z.output<typeof entity>;
export type AzureOperation = z.output<typeof operation>;

export interface AzureFile {
  readonly definitions: readonly AzureDefinition[];
  readonly assignments: readonly AzureAssignment[];
  readonly entities: readonly AzureEntity[];
  readonly operations: readonly AzureOperation[];
}

/** Lists as `az` prints them, or as the interface answers: `{"value":[{"properties":{…}}]}`. @throws GraphError INVALID */
export function readAzureFile({ name: file, text }: PlatformFile): AzureFile {
  const read = {
    definitions: [] as AzureDefinition[],
    assignments: [] as AzureAssignment[],
    entities: [] as AzureEntity[],
    operations: [] as AzureOperation[],
  };
  for (const { value, path } of readJsonValues(file, text)) {
    if (hasKey(value, 'nextLink') && (value as { readonly nextLink: unknown }).nextLink)
      throw refusal(
        placeOf(file, path),
        'TRUNCATED',
        'is a page of a list, and more follow',
        'send all pages as one list',
      );
    const listed = hasKey(value, 'value') ? (value as { readonly value: unknown }).value : [value];
    if (!Array.isArray(listed)) throw unknownFile(placeOf(file, path));
    for (const [at, item] of listed.entries()) readItem(item, hasKey(value, 'value') ? [...path, 'value', at] : path);
  }
  return read;

  function readItem(item: unknown, path: readonly PropertyKey[]): void {
    const flat = flattened(item);
    const place = placeOf(file, path);
    if (hasKey(flat, 'denyAssignmentName')) throw notRead(place);
    if (hasKey(flat, 'principalId')) read.assignments.push({ ...parseAs(assignment, flat, file, path), place });
    else if (hasKey(flat, 'roleName')) read.definitions.push({ ...parseAs(definition, flat, file, path), place });
    else if (hasKey(flat, 'resourceTypes')) {
      const { operations: own, resourceTypes } = parseAs(provider, flat, file, path);
      read.operations.push(...own, ...resourceTypes.flatMap((each) => each.operations));
    } else if (hasKey(flat, 'parent')) read.entities.push(parseAs(entity, flat, file, path));
    else throw unknownFile(place);
  }
}

function flattened(item: unknown): unknown {
  if (!hasKey(item, 'properties')) return item;
  const { properties, ...rest } = item as { readonly properties: object };
  return { ...rest, ...properties };
}

function notRead(place: string) {
  return refusal(
    place,
    'NOT_READ',
    'is a deny assignment, which cannot be said here without what it denies by inheritance',
    'leave it out, and judge it in Azure',
  );
}

function unknownFile(place: string) {
  return refusal(
    place,
    'UNKNOWN_FILE',
    'is no role definition, assignment, entity of the management groups or provider’s operations',
    'send what docs/importers/azure.md names',
  );
}
