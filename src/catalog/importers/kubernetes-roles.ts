import { type ClusterActions, clusterWidePatterns, namelessActions } from './kubernetes-actions.js';
import type { KubernetesObjectOf, KubernetesRule, LabelSelector } from './kubernetes-files.js';
import { actionPatterns, resourcePatterns } from './kubernetes-patterns.js';
import type { RoleDraft, StatementDraft } from './platform-import.js';

type ClusterRole = KubernetesObjectOf<'ClusterRole'>;
type NamespacedRole = KubernetesObjectOf<'Role'>;
interface Placed<Kind> {
  readonly object: Kind;
  readonly place: string;
}

/** A role of the catalogue, with the rules that it carries itself. */
export interface KubernetesRole {
  readonly name: string;
  readonly rules: readonly KubernetesRule[];
  /** The one namespace in which its objects are; absent: any. */
  readonly namespace?: string;
  /** It is bound in namespaces only. */
  readonly inNamespace: boolean;
  readonly inherits: readonly string[];
  /** `rbac.yaml#/2` */
  readonly place: string;
}

export const clusterRoleName = (name: string): string => `ClusterRole/${name}`;
/** A cluster role as a binding in a namespace gives it: without what is in no namespace. */
export const clusterRoleInNamespaceName = (name: string): string => `ClusterRole/${name} in a namespace`;
export const namespacedRoleName = (namespace: string, name: string): string => `Role/${namespace}/${name}`;

/** `boundInNamespaces`: names of cluster roles that some binding of a namespace refers to. */
export function kubernetesRoles(
  clusterRoles: readonly Placed<ClusterRole>[],
  roles: readonly Placed<NamespacedRole>[],
  boundInNamespaces: ReadonlySet<string>,
): readonly KubernetesRole[] {
  const all = clusterRoles.map(({ object }) => object);
  const juniors = new Map(all.map((role) => [role.metadata.name, aggregatedBy(role, all)]));
  const variants = closureOf(boundInNamespaces, juniors);
  return [
    ...clusterRoles.flatMap(({ object: { metadata, rules }, place }): readonly KubernetesRole[] => {
      const { name } = metadata;
      const inherits = juniors.get(name) ?? [];
      const named = inherits.map(clusterRoleName);
      const whole = { name: clusterRoleName(name), rules, inNamespace: false, inherits: named, place };
      const variant = {
        ...whole,
        name: clusterRoleInNamespaceName(name),
        inNamespace: true,
        inherits: inherits.map(clusterRoleInNamespaceName),
      };
      return variants.has(name) ? [whole, variant] : [whole];
    }),
    ...roles.map(({ object: { metadata, rules }, place }): KubernetesRole => {
      const { namespace, name } = metadata;
      return { name: namespacedRoleName(namespace, name), rules, namespace, inNamespace: true, inherits: [], place };
    }),
  ];
}

export function roleDraftOf(role: KubernetesRole, known: ClusterActions): RoleDraft {
  const statements = role.rules.flatMap((rule) => statementsOf(rule, role, known));
  const kind = role.name.startsWith('ClusterRole/')
    ? role.name.slice('ClusterRole/'.length)
    : role.name.slice(role.name.lastIndexOf('/') + 1);
  return {
    name: role.name,
    displayName: kind,
    ...(role.inherits.length > 0 && { inherits: [...role.inherits] }),
    statements: statements.filter(({ actions }) => actions.length > 0),
  };
}

function statementsOf(rule: KubernetesRule, role: KubernetesRole, known: ClusterActions): readonly StatementDraft[] {
  const { resourceNames } = rule;
  const notActions = [
    ...(role.inNamespace ? clusterWidePatterns(known) : []),
    ...(resourceNames.length > 0 ? namelessActions(rule, known) : []),
  ];
  const statement = { actions: [...actionPatterns(rule)], ...(notActions.length > 0 && { notActions }) };
  if (resourceNames.length === 0) return [statement];
  const odd = oddNames(rule);
  const plain = resourceNames.filter((name) => !odd.includes(name));
  return [
    ...(plain.length > 0 ? [{ ...statement, resources: objectPatterns(rule, plain, role.namespace) }] : []),
    ...odd.map((name) => ({
      ...statement,
      resources: objectPatterns(rule, [name.replaceAll('*', '?')], role.namespace),
      condition: { kind: 'opaque', text: `the object is named \`${name}\`` } as const,
    })),
  ];
}

/** Names with what is a wildcard here, and in Kubernetes a character like any other. */
export function oddNames({ resourceNames }: KubernetesRule): readonly string[] {
  return resourceNames.filter((name) => /[*?]/.test(name));
}

/** An object is `/{namespace}/{group}:{resource}:{name}`, or, without a namespace, `/{group}:{resource}:{name}`. */
function objectPatterns(rule: KubernetesRule, names: readonly string[], namespace: string | undefined): string[] {
  // A subresource is named as its object is.
  const resources = resourcePatterns(rule).map((resource) => resource.split('/')[0]);
  const objects = [...new Set(resources)].flatMap((resource) => names.map((name) => `${resource}:${name}`));
  if (namespace !== undefined) return objects.map((object) => `${namespace}/${object}`);
  return objects.flatMap((object) => [object, `*/${object}`]);
}

/** The control plane fills an aggregating role with the rules of all that one of its selectors selects. */
function aggregatedBy({ metadata, aggregationRule }: ClusterRole, all: readonly ClusterRole[]): readonly string[] {
  const selectors = aggregationRule?.clusterRoleSelectors ?? [];
  return all
    .filter(
      ({ metadata: other }) =>
        other.name !== metadata.name && selectors.some((each) => selects(each, other.labels ?? {})),
    )
    .map(({ metadata: { name } }) => name);
}

function selects({ matchLabels, matchExpressions }: LabelSelector, labels: Readonly<Record<string, string>>): boolean {
  const hasLabels = Object.entries(matchLabels ?? {}).every(([key, value]) => labels[key] === value);
  return (
    hasLabels &&
    (matchExpressions ?? []).every(({ key, operator, values }) => EXPRESSIONS[operator](labels[key], values))
  );
}

const EXPRESSIONS = {
  In: (value: string | undefined, values: readonly string[]) => value !== undefined && values.includes(value),
  NotIn: (value: string | undefined, values: readonly string[]) => value === undefined || !values.includes(value),
  Exists: (value: string | undefined) => value !== undefined,
  DoesNotExist: (value: string | undefined) => value === undefined,
};

function closureOf(names: ReadonlySet<string>, juniors: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const reached = new Set(names);
  for (const name of reached) for (const junior of juniors.get(name) ?? []) reached.add(junior);
  return reached;
}
