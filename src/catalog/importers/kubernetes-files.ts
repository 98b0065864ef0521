import { z } from 'zod';
import { type PlatformFile, parseAs, placeOf, refusal } from './platform-import.js';
import { hasKey, type PlacedValue, readValues } from './read-values.js';

const list = z
  .array(z.string())
  .nullish()
  .transform((values) => values ?? []);

/** Every field of a rule, and no other: one that is unknown could narrow it. */
const rule = z.strictObject({
  apiGroups: list,
  resources: list,
  verbs: list,
  resourceNames: list,
  nonResourceURLs: list,
});
export type KubernetesRule = z.output<typeof rule>;

const selector = z.strictObject({
  matchLabels: z.record(z.string(), z.string()).nullish(),
  matchExpressions: z
    .array(
      z.strictObject({ key: z.string(), operator: z.enum(['In', 'NotIn', 'Exists', 'DoesNotExist']), values: list }),
    )
    .nullish(),
});
export type LabelSelector = z.output<typeof selector>;

const metadata = z.object({ name: z.string(), labels: z.record(z.string(), z.string()).nullish() });
const namespaced = metadata.extend({ namespace: z.string() });
const rules = z
  .array(rule)
  .nullish()
  .transform((values) => values ?? []);
const subject = z.strictObject({
  kind: z.enum(['User', 'Group', 'ServiceAccount']),
  name: z.string(),
  namespace: z.string().optional(),
  apiGroup: z.string().optional(),
});
export type KubernetesSubject = z.output<typeof subject>;
const subjects = z
  .array(subject)
  .nullish()
  .transform((values) => values ?? []);
const roleRef = z.strictObject({
  kind: z.enum(['Role', 'ClusterRole']),
  name: z.string(),
  apiGroup: z.string().optional(),
});

const OBJECTS = {
  ClusterRole: z.object({
    kind: z.literal('ClusterRole'),
    metadata,
    rules,
    aggregationRule: z.object({ clusterRoleSelectors: z.array(selector).nullish() }).nullish(),
  }),
  Role: z.object({ kind: z.literal('Role'), metadata: namespaced, rules }),
  ClusterRoleBinding: z.object({
    kind: z.literal('ClusterRoleBinding'),
    metadata,
    roleRef,
    subjects: subjects.refine((all) => all.every((one) => one.kind !== 'ServiceAccount' || one.namespace), {
      message: 'names a service account without its namespace',
      params: { hint: 'add `namespace`' },
    }),
  }),
  RoleBinding: z.object({ kind: z.literal('RoleBinding'), metadata: namespaced, roleRef, subjects }),
  ServiceAccount: z.object({ kind: z.literal('ServiceAccount'), metadata: namespaced }),
  Namespace: z.object({ kind: z.literal('Namespace'), metadata }),
  CustomResourceDefinition: z.object({
    kind: z.literal('CustomResourceDefinition'),
    spec: z.object({
      group: z.string(),
      names: z.object({ plural: z.string() }),
      scope: z.enum(['Namespaced', 'Cluster']),
      subresources: z.record(z.string(), z.unknown()).nullish(),
      versions: z.array(z.object({ subresources: z.record(z.string(), z.unknown()).nullish() })).default([]),
    }),
  }),
  APIResourceList: z.object({
    kind: z.literal('APIResourceList'),
    groupVersion: z.string(),
    resources: z.array(z.object({ name: z.string(), namespaced: z.boolean(), verbs: list })),
  }),
};
type ObjectKind = keyof typeof OBJECTS;
export type KubernetesObject = { [Kind in ObjectKind]: z.output<(typeof OBJECTS)[Kind]> }[ObjectKind];
export type KubernetesObjectOf<Kind extends ObjectKind> = Extract<KubernetesObject, { readonly kind: Kind }>;

export interface PlacedObject {
  readonly object: KubernetesObject;
  /** `rbac.yaml#/2`: the third document of the file. */
  readonly place: string;
}

/** What a value of a file is. */
export type KubernetesItem =
  | { readonly kind: 'object'; readonly placed: PlacedObject }
  /** An object that says nothing of access. */
  | { readonly kind: 'other'; readonly name: string };

const lists: ReadonlySet<string> = new Set(['items']);
/** Objects of that kind of another group are something else. */
const rbacKinds = ['ClusterRole', 'Role', 'ClusterRoleBinding', 'RoleBinding'];

/** YAML of many documents, or JSON; lists of objects too. @throws GraphError INVALID */
export async function* readKubernetesFile({ name: file, pieces }: PlatformFile): AsyncGenerator<KubernetesItem> {
  for await (const placed of readValues({ name: file, pieces }, lists)) {
    if (placed.cut.length > 0) refusePage(placed, file);
    else yield* readItem(placed, file);
  }
}

function* readItem({ value, path }: PlacedValue, file: string): Generator<KubernetesItem> {
  const kind = hasKey(value, 'kind') ? String(value.kind) : '';
  const group = hasKey(value, 'apiVersion') ? String(value.apiVersion).split('/')[0] : undefined;
  if (kind.endsWith('List') && hasKey(value, 'items')) {
    const items = value.items ?? [];
    for (const [at, item] of parseAs(z.array(z.unknown()), items, file, [...path, 'items']).entries())
      yield* readItem({ value: item, path: [...path, 'items', at], cut: [] }, file);
  } else if (rbacKinds.includes(kind) && group !== undefined && group !== 'rbac.authorization.k8s.io')
    yield { kind: 'other', name: `${group} ${kind}` };
  else if (Object.hasOwn(OBJECTS, kind)) {
    const object = parseAs(OBJECTS[kind as ObjectKind], value, file, path) as KubernetesObject;
    yield { kind: 'object', placed: { object, place: placeOf(file, path) } };
  } else if (kind !== '') yield { kind: 'other', name: kind };
  else throw unknownFile(placeOf(file, path));
}

/** A list that the server gave in part says how to go on. */
function refusePage({ value, path }: PlacedValue, file: string): void {
  const about = hasKey(value, 'metadata') ? value.metadata : undefined;
  if (!hasKey(about, 'continue') || !about.continue) return;
  throw refusal(
    placeOf(file, [...path, 'metadata', 'continue']),
    'TRUNCATED',
    'is a page of a list, and more follow',
    'export it without a limit',
  );
}

function unknownFile(place: string) {
  return refusal(place, 'UNKNOWN_FILE', 'is no object of Kubernetes', 'give it its `kind`');
}
