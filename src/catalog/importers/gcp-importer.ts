import type { Issue } from '../../kernel/errors.js';
import { createClassifier } from './classification.js';
import { writeBindings } from './gcp-bindings.js';
import { type GcpAsset, type GcpRole, readGcpFile } from './gcp-files.js';
import { catalogueOf, type PermissionDraft, type PlatformImporter, type RoleDraft } from './platform-import.js';
import { createRowBook } from './row-book.js';

/** Roles, and assets with their IAM policies and data: `docs/importers/gcp.md`. */
export function createGcpImporter(): PlatformImporter {
  const roles = new Map<string, GcpRole>();
  const assets: GcpAsset[] = [];
  return {
    add(file) {
      const read = readGcpFile(file);
      for (const role of read.roles) roles.set(role.name, role);
      assets.push(...read.assets);
    },
    finish(setting) {
      const rows = createRowBook();
      const notes: Issue[] = [];
      if (assets.length > 0) writeBindings(assets, { roles, rows, notes });
      const classifier = createClassifier(setting.classification, { caseSensitive: true });
      const actions = new Set([...roles.values()].flatMap((role) => role.includedPermissions));
      const permissions = [...actions].sort().map((action): PermissionDraft => {
        return { action, ...classifier.classify({ action, plane: 'CONTROL' }) };
      });
      const drafts = [...roles.values()].map(roleDraft);
      return {
        catalogue: catalogueOf(setting, { name: 'Google Cloud', permissions, roles: drafts }),
        ...(assets.length > 0 && { rows: rows.rows() }),
        notes: [...notes, ...classifier.notes()],
      };
    },
  };
}

/** A role that is deleted or disabled stays bound and gives nothing. */
function roleDraft({ name, title, description, stage, deleted, includedPermissions }: GcpRole): RoleDraft {
  const isOff = deleted || stage === 'DISABLED';
  return {
    name,
    ...(title !== undefined && { displayName: title }),
    ...(description !== undefined && { description }),
    deprecated: isOff || stage === 'DEPRECATED',
    assignable: !isOff,
    permissions: isOff ? [] : includedPermissions,
  };
}
