import api from './classes/kubernetes-api.json' with { type: 'json' };
import type { KubernetesObjectOf, KubernetesRule } from './kubernetes-files.js';
import { actionPatterns, exactly, resourcePatterns } from './kubernetes-patterns.js';

/** The actions of a cluster's API. */
export interface ClusterActions {
  /** Each with the place of the rule that names it; absent: the API has it. */
  readonly actions: ReadonlyMap<string, string | undefined>;
  /** Resources without a namespace, such as `core:nodes`. */
  readonly clusterWide: ReadonlySet<string>;
}

/** A rule, and where it stands. */
export interface PlacedRule {
  readonly rule: KubernetesRule;
  readonly place: string;
}

export interface ClusterApi {
  readonly discovered: readonly KubernetesObjectOf<'APIResourceList'>[];
  readonly defined: readonly KubernetesObjectOf<'CustomResourceDefinition'>[];
}

/** What every cluster has, what discovery and definitions of custom resources say, and what rules name. */
export function clusterActions({ discovered, defined }: ClusterApi, rules: readonly PlacedRule[]): ClusterActions {
  const actions = new Map<string, string | undefined>();
  for (const action of [...api.namespacedActions, ...api.clusterActions]) actions.set(action, undefined);
  const clusterWide = new Set(api.clusterActions.flatMap((action) => resourceOf(action) ?? []));
  const known = new Set([...actions.keys()].flatMap((action) => resourceOf(action) ?? []));
  function addResource(resource: string, verbs: readonly string[], isCluster: boolean): void {
    known.add(resource);
    for (const verb of verbs) actions.set(`${verb} ${resource}`, undefined);
    if (isCluster) clusterWide.add(resource);
    else clusterWide.delete(resource);
  }
  for (const [table, isCluster] of [[api.namespaced, false] as const, [api.cluster, true] as const])
    for (const [group, resources] of Object.entries(table))
      for (const resource of resources) addResource(`${group}:${resource}`, api.verbs, isCluster);
  for (const { spec } of defined) {
    const resource = `${spec.group}:${spec.names.plural}`;
    const isCluster = spec.scope === 'Cluster';
    addResource(resource, api.verbs, isCluster);
    for (const { subresources } of [spec, ...spec.versions])
      for (const sub of Object.keys(subresources ?? {}))
        addResource(`${resource}/${sub}`, ['get', 'patch', 'update'], isCluster);
  }
  for (const { groupVersion, resources } of discovered)
    for (const { name, namespaced, verbs } of resources) {
      const [group, version] = groupVersion.split('/');
      addResource(`${version === undefined ? 'core' : group}:${name}`, verbs, !namespaced);
    }
  for (const { rule, place } of rules)
    for (const action of namedActions(rule, known)) if (!actions.has(action)) actions.set(action, place);
  return { actions, clusterWide };
}

/** Requests without a name, which a rule with `resourceNames` never allows: those of whole resources. */
export function namelessActions(rule: KubernetesRule, { actions }: ClusterActions): readonly string[] {
  const allows = exactly(actionPatterns({ ...rule, nonResourceURLs: [] }));
  return [...actions.keys()].filter((action) => /^(create|deletecollection) [^/]*$/.test(action) && allows(action));
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

/** `known`: resources with their groups. */
function isDescribed(resource: string, known: ReadonlySet<string>): boolean {
  const at = resource.indexOf(':');
  const [group, name] = [resource.slice(0, at), resource.slice(at + 1)];
  if (group !== '*' && !name.startsWith('*')) return known.has(resource);
  if (group === '*' && name.startsWith('*')) return true;
  return [...known].some((each) => (group === '*' ? each.endsWith(`:${name}`) : each.startsWith(`${group}:`)));
}

/** "The lowercased HTTP method" is the verb of a request that is for no resource. */
const pathVerbs = ['delete', 'get', 'head', 'options', 'patch', 'post', 'put'];

/**
 * Actions that nothing else lists: of resources that nobody described, which have the verbs that all have, and of paths. One
 * with a star stands for what of a group, or below a path, nobody described, so that a right to it is not lost.
 */
function namedActions(rule: KubernetesRule, known: ReadonlySet<string>): readonly string[] {
  const verbsOf = (all: readonly string[]) => rule.verbs.flatMap((verb) => (verb === '*' ? all : [verb]));
  const literal = actionPatterns(rule).filter((pattern) => !pattern.includes('*'));
  const undescribed = resourcePatterns(rule).filter((resource) => !isDescribed(resource, known));
  const paths = rule.nonResourceURLs.filter((url) => url !== '*');
  return [
    ...literal,
    ...undescribed.flatMap((resource) => verbsOf(api.verbs).map((verb) => `${verb} ${resource}`)),
    ...paths.flatMap((url) => verbsOf(pathVerbs).map((verb) => `${verb} ${url}`)),
  ];
}
