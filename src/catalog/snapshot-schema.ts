import { z } from 'zod';
import { condition, environment, instant, name, resourcePath, slug, text } from './document-fields.js';

const principal = z
  .strictObject({
    externalId: name().optional().describe('As the source of the principal calls it.'),
    source: slug.optional().describe('The source of the same tenant that it belongs to; absent: this one.'),
    ref: name().optional().describe('A printed name, such as acme/svc-sync; instead of externalId.'),
  })
  .refine((value) => (value.externalId === undefined) !== (value.ref === undefined), {
    message: 'names its principal by both or neither of `externalId` and `ref`',
    params: { hint: 'give one of them' },
  })
  .refine((value) => value.source === undefined || value.ref === undefined, {
    message: 'has a `source` beside a `ref`, which names its own',
    params: { hint: 'leave `source` out' },
  })
  .meta({
    id: 'Principal',
    description: 'An account or group: of this source, of another one, or by its printed name.',
  });

const window = {
  validFrom: instant.optional(),
  validUntil: instant.optional().describe('From this instant on it does not hold any more.'),
  eligible: z.boolean().default(false).describe('To be activated first.'),
};

/** Half-open, and not empty. */
function isWindow(row: { readonly validFrom?: string | undefined; readonly validUntil?: string | undefined }): boolean {
  if (row.validFrom === undefined || row.validUntil === undefined) return true;
  return Date.parse(row.validFrom) < Date.parse(row.validUntil);
}
const emptyWindow = {
  message: 'is valid until before it is valid',
  params: { hint: 'let `validFrom` come before `validUntil`' },
};

const header = z.strictObject({
  kind: z.literal('header'),
  format: z.literal('idgraph/snapshot/v1'),
  id: name().describe('Whatever tells this snapshot from others of its source.'),
  takenAt: instant,
});

const resource = z.strictObject({
  kind: z.literal('resource'),
  path: resourcePath,
  displayName: text(1024).optional(),
  environment: environment.optional(),
});

const account = z.strictObject({
  kind: z.literal('account'),
  externalId: name().describe('The application’s own, which never changes.'),
  userName: name(),
  displayName: text(1024).optional(),
  type: z.enum(['HUMAN', 'SERVICE_ACCOUNT', 'WORKLOAD', 'AI_AGENT']),
  active: z.boolean().default(true),
  employeeNumber: name().optional(),
  emails: z.array(name()).max(100).optional().describe('The primary one first.'),
  purpose: text(1024).optional(),
  environments: z.array(environment).max(4).optional(),
  expiresAt: instant.optional(),
  owners: z
    .array(z.strictObject({ principal, ownership: z.enum(['PRIMARY', 'BACKUP']).default('PRIMARY') }))
    .max(100)
    .default([]),
});

const group = z.strictObject({
  kind: z.literal('group'),
  externalId: name().describe('The application’s own, which never changes, and no account’s.'),
  displayName: name(),
  active: z.boolean().default(true),
});

const membership = z
  .strictObject({
    kind: z.literal('membership'),
    group: name().describe('The externalId of a group of this snapshot.'),
    member: principal,
    ...window,
  })
  .refine(isWindow, emptyWindow);

const assignment = z
  .strictObject({
    kind: z.literal('assignment'),
    id: name().optional().describe('The application’s own name of the assignment; shown, never interpreted.'),
    principal,
    role: name().describe('The tenant’s own role of that name, else the application’s.'),
    scope: resourcePath.default('/'),
    ...window,
    condition: condition.optional(),
    approvalRef: text(1024).optional(),
  })
  .refine(isWindow, emptyWindow);

const actAs = z
  .strictObject({
    kind: z.literal('actAs'),
    id: name().optional(),
    from: principal.optional().describe('Who may act; or `role`.'),
    role: name().optional().describe('Whoever holds this role where `at` is.'),
    to: name().describe('The externalId of an account of this snapshot: as whom.'),
    effect: z.enum(['ALLOW', 'DENY']).default('ALLOW'),
    mode: z.enum(['IMPERSONATE', 'ON_BEHALF_OF']).default('IMPERSONATE'),
    at: resourcePath.optional().describe('Where the right is held; required beside `role`.'),
    within: resourcePath.optional().describe('Narrows what can be done; absent: everything.'),
    ...window,
  })
  .refine(isWindow, emptyWindow)
  .refine((value) => (value.from === undefined) !== (value.role === undefined), {
    message: 'has both or neither of `from` and `role`',
    params: { hint: 'give one of them' },
  })
  .refine((value) => value.role === undefined || value.at !== undefined, {
    message: 'has a `role` and no `at`',
    params: { hint: 'say on which resource the right is held' },
  });

const counts = z.number().int().min(0).default(0);
const trailer = z.strictObject({
  kind: z.literal('trailer'),
  counts: z
    .strictObject({
      resource: counts,
      account: counts,
      group: counts,
      membership: counts,
      assignment: counts,
      actAs: counts,
    })
    .describe('How many lines of each kind there are; absent: none.'),
});

/** One line each, in this order of kinds. */
export const SNAPSHOT_LINES = { header, resource, account, group, membership, assignment, actAs, trailer };

export const snapshotLineSchema = z.discriminatedUnion('kind', Object.values(SNAPSHOT_LINES) as never).meta({
  title: 'Snapshot line',
  description: 'One line of a snapshot: what an application really holds, as JSON lines in the order of their kinds.',
});

export type SnapshotLineKind = keyof typeof SNAPSHOT_LINES;
export type SnapshotLine = { [Kind in SnapshotLineKind]: z.output<(typeof SNAPSHOT_LINES)[Kind]> }[SnapshotLineKind];
export type SnapshotLineOf<Kind extends SnapshotLineKind> = Extract<SnapshotLine, { readonly kind: Kind }>;
/** A line between header and trailer. */
export type SnapshotRow = Exclude<SnapshotLine, { readonly kind: 'header' | 'trailer' }>;
export type SnapshotCounts = SnapshotLineOf<'trailer'>['counts'];
export type PrincipalName = SnapshotLineOf<'membership'>['member'];
