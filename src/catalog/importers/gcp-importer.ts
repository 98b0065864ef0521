import type { Issue } from '../../kernel/errors.js';
import { createClassifier } from './classification.js';
import { assetsOfChains, assetsOfSearch, byNumber, projectNumbers } from './gcp-ancestry.js';
import { writeBindings } from './gcp-bindings.js';
import { type GcpAsset, type GcpItem, type GcpRole, readGcpFile } from './gcp-files.js';
import {
  catalogueOf,
  type PermissionDraft,
  type PlatformImporter,
  type RoleDraft,
  refusal,
} from './platform-import.js';
import { createRowBook } from './row-book.js';

type GcpItemAsset = Exclude<GcpItem, { readonly kind: 'role' }>['asset'];

/** Roles, and assets with their IAM policies and data: `docs/importers/gcp.md`. */
export function createGcpImporter(): PlatformImporter {
  const roles = new Map<string, GcpRole>();
  const items: Exclude<GcpItem, { readonly kind: 'role' }>[] = [];
  const saysSomething = createAssetFilter();
  return {
    async add(file) {
      for await (const item of readGcpFile(file)) {
        if (item.kind === 'role') roles.set(item.role.name, item.role);
        else if (saysSomething(item.asset)) items.push(item);
      }
    },
    finish(setting) {
      const rows = createRowBook();
      const notes = notesOfRoles([...roles.values()]);
      const ownRoles = new Map<string, RoleDraft>();
      const assets = assetsOf(items);
      if (assets.length > 0) writeBindings(assets, { roles, rows, ownRoles, notes });
      const classifier = createClassifier(setting.classification, { caseSensitive: true });
      const permissions = permissionsOf(roles.values()).map(([action, place]): PermissionDraft => {
        return { action, ...classifier.classify({ action, plane: 'CONTROL', place }) };
      });
      const drafts = [...[...roles.values()].map(roleDraft), ...ownRoles.values()];
      return {
        catalogue: catalogueOf(setting, { name: 'Google Cloud', permissions, roles: drafts }),
        places: new Map([...roles.values()].map(({ name, place }) => [name, place])),
        ...(assets.length > 0 && { rows }),
        notes: [...notes, ...classifier.notes()],
      };
    },
  };
}

/** Most assets of an organisation have no policy of their own: of those only what tells a project's number is kept. */
function createAssetFilter(): (asset: GcpItemAsset) => boolean {
  const projects = new Set<string>();
  return ({ bindings, data, type, name }) => {
    const project = /\/projects\/([^/]+)/.exec(name)?.[1];
    const isNew = project !== undefined && !projects.has(project);
    if (project !== undefined) projects.add(project);
    const isNamed = Object.values(data).some((value) => value !== undefined && value !== null);
    return isNew || isNamed || bindings.length > 0 || /(ServiceAccount|Organization|Folder|Project)$/.test(type);
  };
}

function assetsOf(items: readonly Exclude<GcpItem, { readonly kind: 'role' }>[]): readonly GcpAsset[] {
  const assets = [
    ...items.flatMap((item) => (item.kind === 'asset' ? [item.asset] : [])),
    ...assetsOfSearch(items.filter((item) => item.kind === 'searched')),
    ...assetsOfChains(items.filter((item) => item.kind === 'link')),
  ];
  return byNumber(assets, projectNumbers(assets));
}

/** Names with the place of the role that names each first, in the order of the names. */
function permissionsOf(roles: Iterable<GcpRole>): readonly (readonly [string, string])[] {
  const places = new Map<string, string>();
  for (const { includedPermissions = [], place } of roles)
    for (const action of includedPermissions) if (!places.has(action)) places.set(action, place);
  return [...places].sort(([a], [b]) => (a < b ? -1 : 1));
}

const isOff = ({ deleted, stage }: GcpRole) => deleted || stage === 'DISABLED';

/** @throws GraphError INVALID: a list of roles does not say what they permit, unless it is asked of each */
function notesOfRoles(roles: readonly GcpRole[]): Issue[] {
  const live = roles.filter((role) => !isOff(role));
  const silent = live.filter(({ includedPermissions }) => includedPermissions === undefined);
  if (live.length > 0 && silent.length === live.length)
    throw refusal(
      silent[0]?.place ?? '',
      'NO_PERMISSIONS',
      'no role says what it permits, as `gcloud iam roles list` prints them',
      'send what `gcloud iam roles describe` prints of each; docs/importers/gcp.md has the command',
    );
  return silent.map(({ name, place }) => ({
    pointer: place,
    code: 'NO_PERMISSIONS',
    message: `\`${name}\` lists no permission, and gives none`,
    hint: 'describe it again if it should have some',
  }));
}

/** A role that is deleted or disabled stays bound and gives nothing. */
function roleDraft(role: GcpRole): RoleDraft {
  const { name, title, description, stage, includedPermissions = [] } = role;
  return {
    name,
    ...(title !== undefined && { displayName: title }),
    ...(description !== undefined && { description }),
    deprecated: isOff(role) || stage === 'DEPRECATED',
    assignable: !isOff(role),
    permissions: isOff(role) ? [] : includedPermissions,
  };
}
