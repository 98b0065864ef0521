import { z } from 'zod';
import { type PlatformFile, parseAs, placeOf, refusal } from './platform-import.js';
import { hasKey, type PlacedValue, readValues } from './read-values.js';

/** As `gcloud iam roles describe` prints it, and the REST resource `roles`. */
const role = z.object({
  name: z.string().regex(/^(roles|(projects|organizations)\/[^/]+\/roles)\/[^/]+$/, 'is no name of a role'),
  title: z.string().optional(),
  description: z.string().optional(),
  stage: z.enum(['ALPHA', 'BETA', 'GA', 'DEPRECATED', 'DISABLED', 'EAP']).default('GA'),
  deleted: z.boolean().default(false),
  /** Absent: it has none, or the list of roles did not say. */
  includedPermissions: z.array(z.string()).optional(),
});
export type GcpRole = z.output<typeof role> & {
  /** `roles.json#/3` */
  readonly place: string;
};

/** Every field of a binding, and no other: one that is unknown could narrow or widen it. */
const binding = z.strictObject({
  role: z.string(),
  members: z.array(z.string()).default([]),
  condition: z
    .strictObject({
      title: z.string().optional(),
      description: z.string().optional(),
      expression: z.string(),
      location: z.string().optional(),
    })
    .optional(),
  bindingId: z.string().optional(),
});
export type GcpBinding = z.output<typeof binding>;

const policy = z.object({ bindings: z.array(binding).default([]) });

const ancestor = z.string().regex(/^(organizations|folders|projects)\/[^/]+$/, 'is no ancestor');
const nullable = z.string().nullish().catch(undefined);
/** What is read of the resource itself. */
const resourceData = z.object({
  displayName: nullable,
  projectId: nullable,
  email: nullable,
  disabled: z.boolean().nullish().catch(undefined),
});

/** One asset of Cloud Asset Inventory, as `gcloud asset list` (camelCase) and `gcloud asset export` (snake_case) write it. */
const asset = z.object({
  name: z.string().startsWith('//'),
  assetType: z.string().optional(),
  asset_type: z.string().optional(),
  ancestors: z.array(ancestor).min(1),
  iamPolicy: policy.optional(),
  iam_policy: policy.optional(),
  resource: z.object({ data: resourceData.optional() }).optional(),
});

/** As `gcloud asset search-all-iam-policies` prints it. */
const searched = z.object({
  resource: z.string().startsWith('//'),
  assetType: z.string().default(''),
  project: ancestor.nullish(),
  folders: z
    .array(ancestor)
    .nullish()
    .transform((folders) => folders ?? []),
  organization: ancestor.nullish(),
  policy,
});

/** One of those that `gcloud projects get-ancestors-iam-policy` prints, the project first. */
const ofAncestor = z.object({
  type: z.enum(['project', 'folder', 'organization']),
  id: z.string(),
  policy,
});

export interface GcpAsset {
  /** The full resource name without the two slashes before it. */
  readonly name: string;
  readonly type: string;
  /** The nearest first, an organisation last. */
  readonly ancestors: readonly string[];
  readonly bindings: readonly GcpBinding[];
  /** Steps from the asset to its policy. */
  readonly policyPath: readonly PropertyKey[];
  readonly data: z.output<typeof resourceData>;
  /** Where it stands: the file, and the steps to it. */
  readonly file: string;
  readonly path: readonly PropertyKey[];
}

/** What a file says, item by item. */
export type GcpItem =
  | { readonly kind: 'role'; readonly role: GcpRole }
  | { readonly kind: 'asset'; readonly asset: GcpAsset }
  /** An asset whose folders are in no order. */
  | { readonly kind: 'searched'; readonly asset: Omit<GcpAsset, 'ancestors'>; readonly above: GcpAncestors }
  /** One of a chain of resources, each within the next, by the number of its place. */
  | { readonly kind: 'link'; readonly asset: Omit<GcpAsset, 'ancestors'>; readonly link: string; readonly at: number };

export type GcpAncestors = Pick<z.output<typeof searched>, 'project' | 'folders' | 'organization'>;

const lists: ReadonlySet<string> = new Set(['assets', 'results', 'roles']);

/** Roles, assets and policies, each a document, an item of a list or a line. @throws GraphError INVALID */
export async function* readGcpFile(file: PlatformFile): AsyncGenerator<GcpItem> {
  for await (const placed of readValues(file, lists)) {
    const { value, path, cut } = placed;
    if (hasKey(value, 'nextPageToken') && value.nextPageToken) throw truncated(placeOf(file.name, path));
    if (cut.length === 0) yield toItem(placed, file.name);
  }
}

function toItem({ value, path }: PlacedValue, file: string): GcpItem {
  if (hasKey(value, 'ancestors')) return { kind: 'asset', asset: toAsset(value, file, path) };
  if (hasKey(value, 'policy') && hasKey(value, 'resource')) {
    const { resource, assetType: type, policy: found, ...above } = parseAs(searched, value, file, path);
    const asset = { name: resource.slice(2), type, bindings: found.bindings, policyPath: ['policy'], data: {} };
    return { kind: 'searched', asset: { ...asset, file, path }, above };
  }
  if (hasKey(value, 'policy') && hasKey(value, 'type')) {
    const { type, id, policy: found } = parseAs(ofAncestor, value, file, path);
    const link = `${type}s/${id}`;
    const name = `cloudresourcemanager.googleapis.com/${link}`;
    const asset = { name, type: managedType(type), bindings: found.bindings, policyPath: ['policy'], data: {} };
    return { kind: 'link', asset: { ...asset, file, path }, link, at: Number(path.at(-1) ?? 0) };
  }
  if (hasKey(value, 'bindings')) throw placeless(placeOf(file, path));
  if (hasKey(value, 'rules')) throw denyPolicy(placeOf(file, path));
  if (['stage', 'includedPermissions', 'title'].some((key) => hasKey(value, key)))
    return { kind: 'role', role: { ...parseAs(role, value, file, path), place: placeOf(file, path) } };
  throw unknownFile(placeOf(file, path));
}

function toAsset(value: unknown, file: string, path: readonly PropertyKey[]): GcpAsset {
  const given = parseAs(asset, value, file, path);
  return {
    name: given.name.slice(2),
    type: given.assetType ?? given.asset_type ?? '',
    ancestors: given.ancestors,
    bindings: (given.iamPolicy ?? given.iam_policy)?.bindings ?? [],
    policyPath: [given.iamPolicy ? 'iamPolicy' : 'iam_policy'],
    data: given.resource?.data ?? {},
    file,
    path,
  };
}

/** The type of asset that an ancestor of that kind is. */
export function managedType(kind: 'project' | 'folder' | 'organization'): string {
  return `cloudresourcemanager.googleapis.com/${kind[0]?.toUpperCase()}${kind.slice(1)}`;
}

function truncated(place: string) {
  return refusal(place, 'TRUNCATED', 'is a page of a list, and more follow', 'send all pages, without `nextPageToken`');
}

function placeless(place: string) {
  return refusal(
    place,
    'NO_PLACE',
    'is a policy that does not say of which resource, nor what contains it',
    'send what `gcloud asset list --content-type=iam-policy` or `gcloud projects get-ancestors-iam-policy` prints',
  );
}

function denyPolicy(place: string) {
  return refusal(
    place,
    'NOT_READ',
    'is a deny policy, which is not read',
    'leave it out, and judge it in Google Cloud',
  );
}

function unknownFile(place: string) {
  return refusal(
    place,
    'UNKNOWN_FILE',
    'is neither a role nor an asset with its ancestors',
    'send what docs/importers/gcp.md names',
  );
}
