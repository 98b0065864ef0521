import { z } from 'zod';
import { normalized } from './azure-shapes.js';
import { type PlatformFile, parseAs, placeOf, refusal } from './platform-import.js';
import { hasKey, readValues } from './read-values.js';

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
  /** Its GUID; a definition that was not created yet has none. */
  name: z.string(),
  roleName: z.string(),
  description: z.string().nullish(),
  permissions: z.array(block),
});

const assignment = z.object({
  id: z.string().optional(),
  type: z.string().nullish(),
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

const principal = z.object({ id: z.string(), type: z.string().nullish(), displayName: z.string().nullish() });
const principals = z
  .array(principal)
  .nullish()
  .transform((values) => values ?? []);

/** Every field, and no other that could narrow it. */
const deny = z.object({
  id: z.string().optional(),
  denyAssignmentName: z.string(),
  description: z.string().nullish(),
  permissions: z.array(block),
  scope: z.string().startsWith('/'),
  doNotApplyToChildScopes: z.boolean().nullish(),
  principals,
  excludePrincipals: principals,
  condition: z.string().nullish(),
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
export type AzureDeny = z.output<typeof deny> & Placed;
export type AzureEntity = z.output<typeof entity>;
export type AzureOperation = z.output<typeof operation> & Placed;

export interface AzureContent {
  readonly definitions: AzureDefinition[];
  readonly assignments: AzureAssignment[];
  readonly denies: AzureDeny[];
  readonly entities: AzureEntity[];
  readonly operations: AzureOperation[];
}

const lists: ReadonlySet<string> = new Set(['value']);

/**
 * Lists as `az` and PowerShell print them, or as the interface answers: `{"value":[{"properties":{…}}]}`; adds them to
 * `content`.
 * @throws GraphError INVALID
 */
export async function readAzureFile(file: PlatformFile, content: AzureContent): Promise<void> {
  for await (const { value, path, cut } of readValues(file, lists)) {
    const place = placeOf(file.name, path);
    if (hasKey(value, 'nextLink') && value.nextLink) throw truncated(place);
    if (cut.length > 0) continue;
    const items = hasKey(value, 'value') && Array.isArray(value.value) ? value.value : undefined;
    for (const [at, item] of (items ?? [value]).entries()) {
      const steps = items ? [...path, 'value', at] : path;
      readItem(normalized(item), { file: file.name, path: steps, place: placeOf(file.name, steps) }, content);
    }
  }
}

interface ItemPlace extends Placed {
  readonly file: string;
  readonly path: readonly PropertyKey[];
}

function readItem(item: unknown, { file, path, place }: ItemPlace, content: AzureContent): void {
  const parsed = <Schema extends z.ZodType>(schema: Schema) => parseAs(schema, item, file, path);
  if (hasKey(item, 'denyAssignmentName')) content.denies.push({ ...parsed(deny), place });
  else if (hasKey(item, 'principalId')) content.assignments.push({ ...inForce(parsed(assignment), place), place });
  else if (hasKey(item, 'roleName')) content.definitions.push({ ...parsed(definition), place });
  else if (hasKey(item, 'resourceTypes')) {
    const { operations: own, resourceTypes } = parsed(provider);
    for (const each of [...own, ...resourceTypes.flatMap((type) => type.operations)])
      content.operations.push({ ...each, place });
  } else if (hasKey(item, 'parent')) content.entities.push(parsed(entity));
  else throw unknownFile(place);
}

const typesInForce = ['roleassignments', 'roleassignmentscheduleinstances', 'roleeligibilityscheduleinstances'];

/** @throws GraphError INVALID: requests and schedules say what was asked for, and not what is */
function inForce(found: z.output<typeof assignment>, place: string): z.output<typeof assignment> {
  const type = found.type ?? '';
  const kind = type.slice(type.lastIndexOf('/') + 1).toLowerCase();
  if (kind === '' || typesInForce.includes(kind)) return found;
  throw refusal(
    `${place}/type`,
    'NOT_READ',
    `\`${type}\` is no assignment that is in force`,
    'send role assignments, and the instances of their schedules',
  );
}

function truncated(place: string) {
  return refusal(place, 'TRUNCATED', 'is a page of a list, and more follow', 'send all pages as one list');
}

function unknownFile(place: string) {
  return refusal(
    place,
    'UNKNOWN_FILE',
    'is no role definition, assignment, entity of the management groups or provider’s operations',
    'send what docs/importers/azure.md names',
  );
}
