import type { Issue } from '../../kernel/errors.js';
import { createClassifier } from './classification.js';
import { writeActing, writeNamedUsers } from './kubernetes-acting.js';
import { clusterActions } from './kubernetes-actions.js';
import {
  type KubernetesObject,
  type KubernetesObjectOf,
  type PlacedObject,
  readKubernetesFile,
} from './kubernetes-files.js';
import { idleParts } from './kubernetes-patterns.js';
import {
  clusterRoleInNamespaceName,
  clusterRoleName,
  type KubernetesRole,
  kubernetesRoles,
  namespacedRoleName,
  oddNames,
  roleDraftOf,
} from './kubernetes-roles.js';
import { createSubjectBook } from './kubernetes-subjects.js';
import { catalogueOf, type PermissionDraft, type PlatformImporter, type RowBook, refusal } from './platform-import.js';
import { createRowBook } from './row-book.js';

/** RBAC objects of one cluster, namespaces, service accounts, custom resources: `docs/importers/kubernetes.md`. */
export function createKubernetesImporter(): PlatformImporter {
  const objects: PlacedObject[] = [];
  const others = new Map<string, number>();
  return {
    async add(file) {
      for await (const item of readKubernetesFile(file)) {
        if (item.kind === 'object') objects.push(item.placed);
        else others.set(item.name, (others.get(item.name) ?? 0) + 1);
      }
    },
    finish(setting) {
      refuseTwice(objects);
      const bindings = objects.filter(isBinding);
      const roles = kubernetesRoles(
        placedOfKind(objects, 'ClusterRole'),
        placedOfKind(objects, 'Role'),
        boundInNamespaces(bindings),
      );
      const known = clusterActions(
        { discovered: ofKind(objects, 'APIResourceList'), defined: ofKind(objects, 'CustomResourceDefinition') },
        roles.flatMap(({ rules, place }) => rules.map((rule, at) => ({ rule, place: `${place}/rules/${at}` }))),
      );
      const rows = createRowBook();
      const notes = [
        ...roles.flatMap(notesOfRules),
        ...writeObjects(objects, bindings, { roles, rows }),
        ...ignored(others),
      ];
      const classifier = createClassifier(setting.classification, { caseSensitive: true });
      const permissions = [...known.actions].sort(byName).map(([action, place]): PermissionDraft => {
        return { action, ...classifier.classify({ action, plane: 'CONTROL', place }) };
      });
      const drafts = roles.map((role) => roleDraftOf(role, known));
      return {
        catalogue: catalogueOf(setting, { name: 'Kubernetes', permissions, roles: drafts }),
        places: new Map(roles.map(({ name, place }) => [name, place])),
        ...(rows.size > 0 && { rows }),
        notes: [...notes, ...classifier.notes()],
      };
    },
  };
}

const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]) => (a < b ? -1 : 1);

/** @throws GraphError INVALID: of two objects of one name the cluster has one, and which is not said */
function refuseTwice(objects: readonly PlacedObject[]): void {
  const held = new Map<string, PlacedObject>();
  for (const placed of objects) {
    const { object } = placed;
    if (object.kind === 'APIResourceList' || object.kind === 'CustomResourceDefinition') continue;
    const { name } = object.metadata;
    const key = JSON.stringify([object.kind, 'namespace' in object.metadata ? object.metadata.namespace : '', name]);
    const other = held.get(key);
    held.set(key, placed);
    if (other === undefined || JSON.stringify(other.object) === JSON.stringify(object)) continue;
    throw refusal(
      placed.place,
      'DUPLICATE',
      `the ${object.kind} \`${name}\` stands at \`${other.place}\` otherwise`,
      'send it once, as it is in force',
    );
  }
}

/** What looks like a pattern in a rule and is none. */
function notesOfRules({ rules, place, inNamespace, namespace }: KubernetesRole): readonly Issue[] {
  // The variant of a cluster role for namespaces has the same rules.
  if (inNamespace && namespace === undefined) return [];
  return rules.flatMap((rule, at) => [
    ...idleParts(rule).map((part) => ({
      pointer: `${place}/rules/${at}`,
      code: 'MATCHES_NOTHING',
      message: `\`${part}\` is no pattern to Kubernetes, and allows nothing`,
      hint: 'use `*` alone, before `/` and a subresource, or at the end of a path',
    })),
    ...oddNames(rule).map((name) => ({
      pointer: `${place}/rules/${at}/resourceNames`,
      code: 'CONDITIONAL',
      message: `\`${name}\` is no pattern to Kubernetes, but the name of one object; what it allows is conditional`,
      hint: 'leave `resourceNames` out to allow all objects',
    })),
  ]);
}

type Binding = PlacedObject & { readonly object: KubernetesObjectOf<'RoleBinding' | 'ClusterRoleBinding'> };

function isBinding(placed: PlacedObject): placed is Binding {
  return placed.object.kind === 'RoleBinding' || placed.object.kind === 'ClusterRoleBinding';
}

type PlacedOf<Kind extends KubernetesObject['kind']> = PlacedObject & { readonly object: KubernetesObjectOf<Kind> };

function placedOfKind<Kind extends KubernetesObject['kind']>(
  objects: readonly PlacedObject[],
  kind: Kind,
): readonly PlacedOf<Kind>[] {
  return objects.filter((placed): placed is PlacedOf<Kind> => placed.object.kind === kind);
}

function ofKind<Kind extends KubernetesObject['kind']>(
  objects: readonly PlacedObject[],
  kind: Kind,
): readonly KubernetesObjectOf<Kind>[] {
  return placedOfKind(objects, kind).map(({ object }) => object);
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
    const strangers: Issue[] = [];
    for (const [at, subject] of object.subjects.entries()) {
      const isKnown = subject.kind !== 'ServiceAccount' || subjects.has(subject, namespace);
      const externalId = subjects.write(subject, namespace);
      if (!isKnown) strangers.push(unknownAccount(externalId, `${place}/subjects/${at}`));
      const id = `${object.kind}/${namespace === undefined ? '' : `${namespace}/`}${object.metadata.name}`;
      rows.add({
        kind: 'assignment',
        id,
        principal: { externalId },
        role,
        ...(namespace !== undefined && { scope: `/${namespace}` }),
      });
    }
    return named.has(role) ? strangers : [...strangers, unknownRole(role, `${place}/roleRef`)];
  });
  writeNamedUsers(roles, subjects);
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

/** Whoever may make service accounts there may make this one, and has what is bound to it. */
function unknownAccount(name: string, pointer: string): Issue {
  return {
    pointer,
    code: 'UNKNOWN_ACCOUNT',
    message: `\`${name}\` is bound, and is in no file: it stands as if it were there`,
    hint: 'export service accounts along, or take the binding away',
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
