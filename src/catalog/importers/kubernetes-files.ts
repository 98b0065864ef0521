import { z } from 'zod';
import { parseDocumentText } from '../document-text.js';
import { hasKey } from './json-values.js';
import { type PlatformFile, parseAs, placeOf, refused } from './platform-import.js';

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

export interface KubernetesFile {
  readonly objects: readonly PlacedObject[];
  /** Kinds of other objects, which say nothing of access, with their number. */
  readonly others: ReadonlyMap<string, number>;
}

/** YAML of many documents, or JSON; lists of objects too. @throws GraphError INVALID */
export function readKubernetesFile({ name: file, text }: PlatformFile): KubernetesFile {
  const objects: PlacedObject[] = [];
  const others = new Map<string, number>();
  const documents = documentsOf(text);
  for (const [at, each] of documents.entries()) read(parseText(each, file, at), documents.length > 1 ? [at] : []);
  return { objects, others };

  function read(value: unknown, path: readonly PropertyKey[]): void {
    if (value === null || value === undefined) return;
    const kind = hasKey(value, 'kind') ? String((value as { readonly kind: unknown }).kind) : '';
    if (hasKey(value, 'items') && kind.endsWith('List')) {
      const { items } = value as { readonly items: unknown };
      if (Array.isArray(items)) for (const [at, item] of items.entries()) read(item, [...path, 'items', at]);
    } else if (Object.hasOwn(OBJECTS, kind)) {
      const object = parseAs(OBJECTS[kind as ObjectKind], value, file, path) as KubernetesObject;
      objects.push({ object, place: placeOf(file, path) });
    } else if (kind !== '') others.set(kind, (others.get(kind) ?? 0) + 1);
    else
      throw refused([
        {
          pointer: placeOf(file, path),
          code: 'UNKNOWN_FILE',
          message: 'is no object of Kubernetes',
          hint: 'give it its `kind`',
        },
      ]);
  }
}

/** A line of `---` begins a document; none can stand within one. */
function documentsOf(text: string): readonly string[] {
  return text.split(/^---(?=\s|$).*$/m).filter((document) => document.replace(/^\s*#.*$/gm, '').trim() !== '');
}

function parseText(text: string, file: string, at: number): unknown {
  const parsed = parseDocumentText(text);
  if (parsed.kind === 'parsed') return parsed.document;
  throw refused(parsed.issues.map((issue) => ({ ...issue, pointer: `${placeOf(file, [at])}${issue.pointer}` })));
}
