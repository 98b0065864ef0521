import api from './classes/kubernetes-api.json' with { type: 'json' };
import type { KubernetesObjectOf, KubernetesRule } from './kubernetes-files.js';

/**
 * `get core:pods/log`, `create apps:deployments`, `get /metrics`: verb, group (`core` has no name in the API) and resource
 * with its subresource; or verb and path.
 */
export const actionOf = (verb: string, group: string, resource: string): string =>
  `${verb} ${group || 'core'}:${resource}`;

/** The actions of a cluster's API. */
export interface ClusterActions {
  readonly actions: ReadonlySet<string>;
  /** Resources without a namespace, such as `core:nodes`. */
  readonly clusterWide: ReadonlySet<string>;
}

/** What every cluster has, what discovery says, and what rules name. */
export function clusterActions(
  lists: readonly KubernetesObjectOf<'APIResourceList'>[],
  rules: readonly KubernetesRule[],
): ClusterActions {
  const actions = new Set([...api.namespacedActions, ...api.clusterActions]);
  const clusterWide = new Set(api.clusterActions.flatMap((action) => resourceOf(action) ?? []));
  const known = new Set<string>();
  function addResource(resource: string, verbs: readonly string[]): void {
    known.add(resource);
    for (const verb of verbs) actions.add(`${verb} ${resource}`);
  }
  for (const [table, isCluster] of [[api.namespaced, false] as const, [api.cluster, true] as const])
    for (const [group, resources] of Object.entries(table))
      for (const resource of resources) {
        addResource(`${group}:${resource}`, api.verbs);
        if (isCluster) clusterWide.add(`${group}:${resource}`);
      }
  for (const { groupVersion, resources } of lists)
    for (const { name, namespaced, verbs } of resources) {
      const [group, version] = groupVersion.split('/');
      const resource = `${version === undefined ? 'core' : group}:${name}`;
      addResource(resource, verbs);
      if (namespaced) clusterWide.delete(resource);
      else clusterWide.add(resource);
    }
  for (const action of rules.flatMap((rule) => namedActions(rule, known))) actions.add(action);
  return { actions, clusterWide };
}

/** Patterns that match exactly the actions that the rule allows. */
export function actionPatterns({ apiGroups, resources, verbs, nonResourceURLs }: KubernetesRule): readonly string[] {
  return verbs.flatMap((verb) => [
    ...apiGroups.flatMap((group) => resources.map((resource) => actionOf(verb, group, resource))),
    // Paths begin with `/`, so that a star of them matches no resource.
    ...nonResourceURLs.map((url) => `${verb} ${url === '*' ? '/*' : url}`),
  ]);
}

/** Requests without a name, which a rule with `resourceNames` never allows. */
export function namelessActions({ apiGroups, resources }: KubernetesRule): readonly string[] {
  const whole = resources.filter((resource) => !resource.includes('/'));
  return apiGroups.flatMap((group) =>
    whole.flatMap((resource) => ['create', 'deletecollection'].map((verb) => actionOf(verb, group, resource))),
  );
}

/** What a binding in a namespace gives nobody: paths, and resources that are in no namespace, but for the namespace itself. */
export function clusterWidePatterns({ clusterWide }: ClusterActions): readonly string[] {
  const resources = [...clusterWide].filter((resource) => !resource.startsWith('core:namespaces'));
  return ['* /*', ...resources.map((resource) => `* ${resource}`)];
}

/** `get core:pods/log` → `core:pods/log`; absent: it is a path's. */
function resourceOf(action: string): string | undefined {
  const resource = action.slice(action.indexOf(' ') + 1);
  return resource.startsWith('/') ? undefined : resource;
}

/** Those of custom resources too, which have the verbs that all have. */
function namedActions(rule: KubernetesRule, known: ReadonlySet<string>): readonly string[] {
  const { apiGroups, resources } = rule;
  const named = actionPatterns(rule).filter((pattern) => !/\*/.test(pattern));
  if (!rule.verbs.includes('*')) return named;
  const unknown = apiGroups
    .flatMap((group) => resources.map((resource) => `${group || 'core'}:${resource}`))
    .filter((each) => !/\*/.test(each) && !known.has(each));
  return [...named, ...unknown.flatMap((resource) => api.verbs.map((verb) => `${verb} ${resource}`))];
}
