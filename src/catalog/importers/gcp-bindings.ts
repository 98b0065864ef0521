import type { Issue } from '../../kernel/errors.js';
import { groupedBy } from '../../kernel/grouped-by.js';
import { writeActing } from './gcp-acting.js';
import { projectNumbers } from './gcp-ancestry.js';
import type { GcpAsset, GcpBinding, GcpRole } from './gcp-files.js';
import { homesByAddress } from './gcp-homes.js';
import { createGcpMembers, type GcpMembers } from './gcp-members.js';
import { opaqueCondition } from './opaque-condition.js';
import { placeOf, type RoleDraft, type RowBook, type RowDraftOf } from './platform-import.js';

export interface GcpEstate {
  readonly roles: ReadonlyMap<string, GcpRole>;
  readonly rows: RowBook;
  /** Where roles go that stand for a right to act under a condition, by name. */
  readonly ownRoles: Map<string, RoleDraft>;
  readonly notes: Issue[];
}

const serviceAccountType = 'iam.googleapis.com/ServiceAccount';
const hierarchyTypes = /^cloudresourcemanager\.googleapis\.com\/(Organization|Folder|Project)$/;

/** Resources of the tree of organisation, folders and projects, and who has which role on them. */
export function writeBindings(assets: readonly GcpAsset[], estate: GcpEstate): void {
  const { rows, notes } = estate;
  const disabled = new Set(assets.filter(({ data }) => data.disabled === true).map(({ data }) => data.email));
  const members = createGcpMembers(rows, notes, (email) => disabled.has(email));
  const unknown = new Set<string>();
  for (const asset of assets) {
    const { displayName, projectId, email } = asset.data;
    const named = displayName || projectId || email;
    if (named || asset.bindings.length > 0)
      rows.add({ kind: 'resource', path: pathOf(asset), ...(named && { displayName: named }) });
    for (const [at, binding] of asset.bindings.entries()) {
      const path = [...asset.path, ...asset.policyPath, 'bindings', at];
      writeBinding(binding, { asset, path, members, estate });
      if (estate.roles.has(binding.role) || unknown.has(binding.role)) continue;
      unknown.add(binding.role);
      notes.push(unknownRole(binding.role, placeOf(asset.file, [...path, 'role'])));
    }
  }
  writeBasicRoleHolders(assets, rows);
  const described = assets
    .filter(({ type }) => type === serviceAccountType)
    .map((asset) => {
      const email = asset.data.email ?? asset.name.slice(asset.name.lastIndexOf('/') + 1);
      const account = members.write(`serviceAccount:${email}`, placeOf(asset.file, asset.path)) as string;
      return { account, path: pathOf(asset) };
    });
  const known = new Set(described.map(({ account }) => account));
  const others = homesByAddress(assets, pathOf, rows).filter(({ account }) => !known.has(account));
  writeActing([...described, ...others], estate);
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
  const limits: Limits = binding.condition ? readCondition(binding.condition.expression) : {};
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

type Limits = Pick<RowDraftOf<'assignment'>, 'validFrom' | 'validUntil' | 'condition'>;

const instant = `timestamp\\(\\s*["'](\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?Z)["']\\s*\\)`;
const bound = new RegExp(`^\\s*\\(?\\s*request\\.time\\s*(<|<=|>|>=)\\s*${instant}\\s*\\)?\\s*$`);

/** An expression that is a window and nothing else; others are kept as they are written. */
function readCondition(expression: string): Limits {
  const asWritten: Limits = { condition: opaqueCondition(expression) };
  const limits: Limits = {};
  for (const part of expression.split('&&')) {
    const [, operator, time] = bound.exec(part) ?? [];
    if (operator === undefined || time === undefined) return asWritten;
    const side = operator.startsWith('<') ? 'validUntil' : 'validFrom';
    if (limits[side] !== undefined) return asWritten;
    limits[side] = time;
  }
  const isEmpty =
    limits.validFrom !== undefined && limits.validUntil !== undefined && limits.validFrom >= limits.validUntil;
  return isEmpty ? asWritten : limits;
}

function unknownRole(role: string, pointer: string): Issue {
  return {
    pointer,
    code: 'UNKNOWN_ROLE',
    message: `\`${role}\` is bound, and no file describes it: its bindings convey nothing`,
    hint: 'send the role along',
  };
}

const basicMembers: Readonly<Record<string, string>> = {
  projectOwner: 'roles/owner',
  projectEditor: 'roles/editor',
  projectViewer: 'roles/viewer',
};

/** `projectOwner:p` is whoever is bound to `roles/owner` on the project `p`, by its id or number. */
function writeBasicRoleHolders(assets: readonly GcpAsset[], rows: RowBook): void {
  const basic = [...rows.rowsOf('assignment')].filter(({ role }) => Object.values(basicMembers).includes(role));
  const holders = groupedBy(basic, ({ role, scope = '/' }) => `${role} ${scope.slice(scope.lastIndexOf('/') + 1)}`);
  const numbers = projectNumbers(assets);
  for (const { externalId: group } of rows.rowsOf('group')) {
    const [prefix = '', project = ''] = group.split(':');
    const role = Object.hasOwn(basicMembers, prefix) ? basicMembers[prefix] : undefined;
    if (role === undefined) continue;
    for (const { principal } of holders.get(`${role} projects:${numbers.get(project) ?? project}`) ?? []) {
      const externalId = principal.externalId as string;
      if (externalId !== group) rows.add({ kind: 'membership', group, member: { externalId } });
    }
  }
}
