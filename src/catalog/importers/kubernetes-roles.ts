import { actionPatterns, type ClusterActions, clusterWidePatterns, namelessActions } from './kubernetes-actions.js';
import type { KubernetesObjectOf, KubernetesRule, LabelSelector } from './kubernetes-files.js';
import type { RoleDraft, StatementDraft } from './platform-import.js';

type ClusterRole = KubernetesObjectOf<'ClusterRole'>;
type NamespacedRole = KubernetesObjectOf<'Role'>;

/** A role of the catalogue, with the rules that it carries itself. */
export interface KubernetesRole {
  readonly name: string;
  readonly rules: readonly KubernetesRule[];
  /** The one namespace in which its objects are; absent: any. */
  readonly namespace?: string;
  /** It is bound in namespaces only. */
  readonly inNamespace: boolean;
  readonly inherits: readonly string[];
}

export const clusterRoleName = (name: string): string => `ClusterRole/${name}`;
/** A cluster role as a binding in a namespace gives it: without what is in no namespace. */
export const clusterRoleInNamespaceName = (name: string): string => `ClusterRole/${name} in a namespace`;
export const namespacedRoleName = (namespace: string, name: string): string => `Role/${namespace}/${name}`;

/** `boundInNamespaces`: names of cluster roles that some binding of a namespace refers to. */
export function kubernetesRoles(
  clusterRoles: readonly ClusterRole[],
  roles: readonly NamespacedRole[],
  boundInNamespaces: ReadonlySet<string>,
): readonly KubernetesRole[] {
  const juniors = new Map(clusterRoles.map((role) => [role.metadata.name, aggregatedBy(role, clusterRoles)]));
  const variants = closureOf(boundInNamespaces, juniors);
  return [
    ...clusterRoles.flatMap(({ metadata: { name }, rules }): readonly KubernetesRole[] => {
      const inherits = juniors.get(name) ?? [];
      const whole = { name: clusterRoleName(name), rules, inNamespace: false, inherits: inherits.map(clusterRoleName) };
      const variant = {
        ...whole,
        name: clusterRoleInNamespaceName(name),
        inNamespace: true,
        inherits: inherits.map(clusterRoleInNamespaceName),
      };
      return variants.has(name) ? [whole, variant] : [whole];
    }),
    ...roles.map(({ metadata: { namespace, name }, rules }): KubernetesRole => {
      return { name: namespacedRoleName(namespace, name), rules, namespace, inNamespace: true, inherits: [] };
    }),
  ];
}

export function roleDraftOf(role: KubernetesRole, known: ClusterActions): RoleDraft {
  const statements = role.rules.map((rule) => statementOf(rule, role, known));
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

function statementOf(rule: KubernetesRule, role: KubernetesRole, known: ClusterActions): StatementDraft {
  const notActions = [
    ...(role.inNamespace ? clusterWidePatterns(known) : []),
    ...(rule.resourceNames.length > 0 ? namelessActions(rule) : []),
  ];
  const resources = objectPatterns(rule, role.namespace);
  return {
    actions: [...actionPatterns(rule)],
    ...(notActions.length > 0 && { notActions }),
    ...(resources.length > 0 && { resources }),
  };
}

/** An object is `/{namespace}/{group}:{resource}:{name}`, or, without a namespace, `/{group}:{resource}:{name}`. */
function objectPatterns(
  { apiGroups, resources, resourceNames }: KubernetesRule,
  namespace: string | undefined,
): string[] {
  const objects = apiGroups.flatMap((group) =>
    resources.flatMap((resource) =>
      // A subresource is named as its object is.
      resourceNames.map((name) => `${group || 'core'}:${resource.split('/')[0]}:${name}`),
    ),
  );
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
