import type { Issue } from '../../kernel/errors.js';
import { createClassifier } from './classification.js';
import { writeActing } from './kubernetes-acting.js';
import { clusterActions } from './kubernetes-actions.js';
import {
  type KubernetesObject,
  type KubernetesObjectOf,
  type PlacedObject,
  readKubernetesFile,
} from './kubernetes-files.js';
import {
  clusterRoleInNamespaceName,
  clusterRoleName,
  type KubernetesRole,
  kubernetesRoles,
  namespacedRoleName,
  roleDraftOf,
} from './kubernetes-roles.js';
import { createSubjectBook } from './kubernetes-subjects.js';
import { catalogueOf, type PermissionDraft, type PlatformImporter } from './platform-import.js';
import { createRowBook, type RowBook } from './row-book.js';

/** RBAC objects of one cluster, namespaces, service accounts and discovery: `docs/importers/kubernetes.md`. */
export function createKubernetesImporter(): PlatformImporter {
  const objects: PlacedObject[] = [];
  const others = new Map<string, number>();
  return {
    add(file) {
      const read = readKubernetesFile(file);
      objects.push(...read.objects);
      for (const [kind, count] of read.others) others.set(kind, (others.get(kind) ?? 0) + count);
    },
    finish(setting) {
      const bindings = objects.filter(isBinding);
      const roles = kubernetesRoles(
        ofKind(objects, 'ClusterRole'),
        ofKind(objects, 'Role'),
        boundInNamespaces(bindings),
      );
      const known = clusterActions(
        ofKind(objects, 'APIResourceList'),
        roles.flatMap(({ rules }) => rules),
      );
      const rows = createRowBook();
      const notes = [...writeObjects(objects, bindings, { roles, rows }), ...ignored(others)];
      const classifier = createClassifier(setting.classification, { caseSensitive: true });
      const permissions = [...known.actions].sort().map((action): PermissionDraft => {
        return { action, ...classifier.classify({ action, plane: 'CONTROL' }) };
      });
      const drafts = roles.map((role) => roleDraftOf(role, known));
      return {
        catalogue: catalogueOf(setting, { name: 'Kubernetes', permissions, roles: drafts }),
        ...(rows.rows().length > 0 && { rows: rows.rows() }),
        notes: [...notes, ...classifier.notes()],
      };
    },
  };
}

type Binding = PlacedObject & { readonly object: KubernetesObjectOf<'RoleBinding' | 'ClusterRoleBinding'> };

function isBinding(placed: PlacedObject): placed is Binding {
  return placed.object.kind === 'RoleBinding' || placed.object.kind === 'ClusterRoleBinding';
}

function ofKind<Kind extends KubernetesObject['kind']>(
  objects: readonly PlacedObject[],
  kind: Kind,
): readonly KubernetesObjectOf<Kind>[] {
  return objects.flatMap(({ object }) => (object.kind === kind ? [object as KubernetesObjectOf<Kind>] : []));
}

function boundInNamespaces(bindings: readonly Binding[]): ReadonlySet<string> {
  return new Set(
    bindings.flatMap(({ object: { kind, roleRef } }) =>
      kind === 'RoleBinding' && roleRef.kind === 'ClusterRole' ? [roleRef.name] : [],
    ),
  );
}

/** Namespaces, service accounts, subjects, what is bound to them, and as whom they may act. */
function writeObjects(
  objects: readonly PlacedObject[],
  bindings: readonly Binding[],
  { roles, rows }: { readonly roles: readonly KubernetesRole[]; readonly rows: RowBook },
): readonly Issue[] {
  const subjects = createSubjectBook(rows);
  const named = new Set(roles.map(({ name }) => name));
  for (const { metadata } of ofKind(objects, 'Namespace')) {
    rows.add({ kind: 'resource', path: `/${metadata.name}`, displayName: metadata.name });
    // The control plane makes it in every namespace.
    subjects.writeServiceAccount(metadata.name, 'default');
  }
  for (const { metadata } of ofKind(objects, 'ServiceAccount'))
    subjects.writeServiceAccount(metadata.namespace, metadata.name);
  const notes = bindings.flatMap(({ object, place }) => {
    const namespace = object.kind === 'RoleBinding' ? object.metadata.namespace : undefined;
    const role = referredRole(object, namespace);
    for (const subject of object.subjects) {
      const externalId = subjects.write(subject, namespace);
      const id = `${object.kind}/${namespace === undefined ? '' : `${namespace}/`}${object.metadata.name}`;
      rows.add({
        kind: 'assignment',
        id,
        principal: { externalId },
        role,
        ...(namespace !== undefined && { scope: `/${namespace}` }),
      });
    }
    return named.has(role) ? [] : [unknownRole(role, place)];
  });
  subjects.finish();
  return [...notes, ...writeActing(roles, subjects, rows)];
}

function referredRole({ roleRef: { kind, name } }: Binding['object'], namespace: string | undefined): string {
  if (kind === 'Role') return namespacedRoleName(namespace ?? '', name);
  return namespace === undefined ? clusterRoleName(name) : clusterRoleInNamespaceName(name);
}

function unknownRole(role: string, pointer: string): Issue {
  return {
    pointer,
    code: 'UNKNOWN_ROLE',
    message: `\`${role}\` is bound, and is in no file: the binding conveys nothing`,
    hint: 'export all roles',
  };
}

function ignored(others: ReadonlyMap<string, number>): readonly Issue[] {
  return [...others].map(([kind, count]) => ({
    pointer: '',
    code: 'IGNORED',
    message: `${count} objects of kind \`${kind}\` say nothing of access`,
    hint: 'nothing needs to be done',
  }));
}
