import { z } from 'zod';
import { hasKey, readJsonValues } from './json-values.js';
import { type PlatformFile, parseAs, placeOf, refusal } from './platform-import.js';

/** As `gcloud iam roles describe` prints it, and the REST resource `roles`. */
const role = z.object({
  name: z.string().regex(/^(roles|(projects|organizations)\/[^/]+\/roles)\/[^/]+$/, 'is no name of a role'),
  title: z.string().optional(),
  description: z.string().optional(),
  stage: z.enum(['ALPHA', 'BETA', 'GA', 'DEPRECATED', 'DISABLED', 'EAP']).default('GA'),
  deleted: z.boolean().default(false),
  includedPermissions: z.array(z.string()).default([]),
});
export type GcpRole = z.output<typeof role>;

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

/** One asset of Cloud Asset Inventory, as `gcloud asset list` (camelCase) and `gcloud asset export` (snake_case) write it. */
const asset = z
  .object({
    name: z.string().startsWith('//'),
    assetType: z.string().optional(),
    asset_type: z.string().optional(),
    ancestors: z.array(z.string().regex(/^(organizations|folders|projects)\/[^/]+$/, 'is no ancestor')).min(1),
    iamPolicy: policy.optional(),
    iam_policy: policy.optional(),
    resource: z.object({ data: z.record(z.string(), z.unknown()).default({}) }).optional(),
  })
  .transform((given) => ({
    name: given.name.slice(2),
    type: given.assetType ?? given.asset_type ?? '',
    /** The nearest first, an organisation last. */
    ancestors: given.ancestors,
    bindings: (given.iamPolicy ?? given.iam_policy)?.bindings ?? [],
    policyField: given.iamPolicy ? 'iamPolicy' : 'iam_policy',
    data: given.resource?.data ?? {},
  }));
export type GcpAsset = z.output<typeof asset> & {
  /** Where it stands: the file, and the steps to it. */
  readonly file: string;
  readonly path: readonly PropertyKey[];
};

export interface GcpFile {
  readonly roles: readonly GcpRole[];
  readonly assets: readonly GcpAsset[];
}

/** Roles and assets, each an item of a list or a line. @throws GraphError INVALID */
export function readGcpFile({ name: file, text }: PlatformFile): GcpFile {
  const roles: GcpRole[] = [];
  const assets: GcpAsset[] = [];
  for (const { value, path } of readJsonValues(file, text)) {
    if (hasKey(value, 'ancestors')) assets.push({ ...parseAs(asset, value, file, path), file, path });
    else if (hasKey(value, 'stage') || hasKey(value, 'includedPermissions') || hasKey(value, 'title'))
      roles.push(parseAs(role, value, file, path));
    else
      throw refusal(
        placeOf(file, path),
        'UNKNOWN_FILE',
        'is neither a role nor an asset with its ancestors',
        'send what docs/importers/gcp.md names',
      );
  }
  return { roles, assets };
}
