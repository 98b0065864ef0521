import type { Condition } from '../../graph/condition.js';
import type { Issue } from '../../kernel/errors.js';
import type { GcpAsset, GcpBinding, GcpRole } from './gcp-files.js';
import { createGcpMembers, type GcpMembers } from './gcp-members.js';
import { placeOf } from './platform-import.js';
import type { RowBook } from './row-book.js';

export interface GcpEstate {
  readonly roles: ReadonlyMap<string, GcpRole>;
  readonly rows: RowBook;
  readonly notes: Issue[];
}

const hierarchyTypes = /^cloudresourcemanager\.googleapis\.com\/(Organization|Folder|Project)$/;
const serviceAccountType = 'iam.googleapis.com/ServiceAccount';
/** With any of them one gets tokens of the service account, or signs as it. */
const actingPermissions = [
  'iam.serviceAccounts.getAccessToken',
  'iam.serviceAccounts.signJwt',
  'iam.serviceAccounts.signBlob',
  'iam.serviceAccounts.implicitDelegation',
];

/** Resources of the tree of organisation, folders and projects, and who has which role on them. */
export function writeBindings(assets: readonly GcpAsset[], estate: GcpEstate): void {
  const { rows, notes } = estate;
  const disabled = new Set(assets.filter(({ data }) => data.disabled === true).map(({ data }) => data.email));
  const members = createGcpMembers(rows, notes, (email) => disabled.has(email));
  const unknown = new Set<string>();
  for (const asset of assets) {
    const displayName = [asset.data.displayName, asset.data.projectId, asset.data.email].find(
      (each) => typeof each === 'string',
    );
    const named = typeof displayName === 'string' && displayName !== '' && { displayName };
    if (named || asset.bindings.length > 0) rows.add({ kind: 'resource', path: pathOf(asset), ...named });
    for (const [at, binding] of asset.bindings.entries()) {
      const path = [...asset.path, asset.policyField, 'bindings', at];
      writeBinding(binding, { asset, path, members, estate });
      if (!estate.roles.has(binding.role)) unknown.add(binding.role);
    }
  }
  for (const role of unknown) notes.push(unknownRole(role));
  writeBasicRoleHolders(assets, estate);
  writeActing(assets, estate, members);
  members.finish();
}

/** `/organizations:1/folders:2/projects:3`, and below it one segment, the asset's full name with `∕` (U+2215) for `/`. */
export function pathOf({ name, type, ancestors }: Pick<GcpAsset, 'name' | 'type' | 'ancestors'>): string {
  const above = [...ancestors]
    .reverse()
    .map((ancestor) => `/${ancestor.replace('/', ':')}`)
    .join('');
  return hierarchyTypes.test(type) ? above : `${above}/${name.replaceAll('/', '\u2215')}`;
}

function writeBinding(
  binding: GcpBinding,
  {
    asset,
    path,
    members,
    estate,
  }: { asset: GcpAsset; path: readonly PropertyKey[]; members: GcpMembers; estate: GcpEstate },
): void {
  const limits = binding.condition ? readCondition(binding.condition.expression) : {};
  if (limits.condition)
    estate.notes.push({
      pointer: placeOf(asset.file, [...path, 'condition']),
      code: 'CONDITIONAL',
      message: `\`${binding.condition?.expression}\` cannot be judged here; the binding is conditional`,
      hint: 'read the condition on the assignment',
    });
  for (const [at, member] of binding.members.entries()) {
    const externalId = members.write(member, placeOf(asset.file, [...path, 'members', at]));
    if (externalId === undefined) continue;
    const scope = pathOf(asset);
    estate.rows.add({ kind: 'assignment', principal: { externalId }, role: binding.role, scope, ...limits });
  }
}

/** The one expression that is a window and nothing else; others are kept as they are written. */
function readCondition(expression: string): { readonly validUntil?: string; readonly condition?: Condition } {
  const [, until] = /^\s*request\.time\s*<\s*timestamp\(\s*["']([^"']+)["']\s*\)\s*$/.exec(expression) ?? [];
  if (until !== undefined && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(until)) return { validUntil: until };
  return { condition: { kind: 'opaque', text: expression } };
}

function unknownRole(role: string): Issue {
  return {
    pointer: '',
    code: 'UNKNOWN_ROLE',
    message: `\`${role}\` is bound, and no file describes it: its bindings convey nothing`,
    hint: 'send the role along',
  };
}

const basicMembers = { projectOwner: 'roles/owner', projectEditor: 'roles/editor', projectViewer: 'roles/viewer' };

/** `projectOwner:p` is whoever is bound to `roles/owner` on the project `p`, by its id or number. */
function writeBasicRoleHolders(assets: readonly GcpAsset[], { rows }: GcpEstate): void {
  const held = rows.rows();
  const groups = held.flatMap((row) => (row.kind === 'group' ? [row.externalId] : []));
  const numbers = projectNumbers(assets);
  for (const [prefix, role] of Object.entries(basicMembers))
    for (const group of groups.filter((each) => each.startsWith(`${prefix}:`))) {
      const project = group.slice(prefix.length + 1);
      const scope = `/projects:${numbers.get(project) ?? project}`;
      for (const row of held)
        if (
          row.kind === 'assignment' &&
          row.role === role &&
          row.scope?.endsWith(scope) &&
          row.principal.externalId !== group
        )
          rows.add({ kind: 'membership', group, member: row.principal });
    }
}

/** Numbers by id: a project says both, and other assets say the id in their name and the number among their ancestors. */
function projectNumbers(assets: readonly GcpAsset[]): ReadonlyMap<string, string> {
  const numbers = new Map<string, string>();
  for (const { name, ancestors, data } of assets) {
    const number = /^projects\/(.+)$/.exec(ancestors[0] as string)?.[1];
    const id = typeof data.projectId === 'string' ? data.projectId : /\/projects\/([^/]+)/.exec(name)?.[1];
    if (number !== undefined && id !== undefined) numbers.set(id, number);
  }
  return numbers;
}

/** A role that gives tokens of service accounts lets its holders act as those that live where it is bound. */
function writeActing(assets: readonly GcpAsset[], { roles, rows }: GcpEstate, members: GcpMembers): void {
  const bound = new Set(assets.flatMap(({ bindings }) => bindings.map(({ role }) => role)));
  const acting = [...bound].filter((name) =>
    roles.get(name)?.includedPermissions.some((permission) => actingPermissions.includes(permission)),
  );
  for (const asset of assets.filter(({ type }) => type === serviceAccountType)) {
    const email =
      typeof asset.data.email === 'string' ? asset.data.email : asset.name.slice(asset.name.lastIndexOf('/') + 1);
    const to = members.write(`serviceAccount:${email}`, placeOf(asset.file, asset.path)) as string;
    for (const role of acting) rows.add({ kind: 'actAs', role, to, at: pathOf(asset) });
  }
}
