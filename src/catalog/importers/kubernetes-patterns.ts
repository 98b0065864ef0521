import { matchesGlob, parseGlob } from '../../graph/glob.js';
import type { KubernetesRule } from './kubernetes-files.js';

/**
 * Kubernetes knows `*` as the whole of a verb, of a group, of a resource, of a path; before `/` and one subresource; and at
 * the end of a path. Anywhere else it is a character like any other, which no name has (`evaluation_helpers.go`).
 */
const isPlain = (text: string): boolean => !/[*?]/.test(text);
const isWholeOrPlain = (text: string): boolean => text === '*' || isPlain(text);
const isResource = (text: string): boolean =>
  isWholeOrPlain(text.startsWith('*/') ? text.slice(2) : text) && text !== '*/*';
const isPath = (text: string): boolean => isPlain(text.replace(/\*+$/, ''));

/**
 * `get core:pods/log`, `create apps:deployments`, `get /metrics`: verb, group (`core` has no name in the API) and resource
 * with its subresource; or verb and path. Patterns match exactly the actions that the rule allows.
 */
export function actionPatterns(rule: KubernetesRule): readonly string[] {
  // Paths begin with `/`, so that a star of them matches no resource.
  const paths = rule.nonResourceURLs.filter(isPath).map((url) => (url === '*' ? '/*' : url));
  return rule.verbs
    .filter(isWholeOrPlain)
    .flatMap((verb) => [...resourcePatterns(rule), ...paths].map((what) => `${verb} ${what}`));
}

// `core:pods`, `*:*`, `apps:*/scale`.
export function resourcePatterns({ apiGroups, resources }: KubernetesRule): readonly string[] {
  return apiGroups
    .filter(isWholeOrPlain)
    .flatMap((group) => resources.filter(isResource).map((resource) => `${group || 'core'}:${resource}`));
}

/** Parts of the rule that look like patterns, and match nothing. */
export function idleParts({ verbs, apiGroups, resources, nonResourceURLs }: KubernetesRule): readonly string[] {
  return [
    ...[...verbs, ...apiGroups].filter((part) => !isWholeOrPlain(part)),
    ...resources.filter((part) => !isResource(part)),
    ...nonResourceURLs.filter((part) => !isPath(part)),
  ];
}

/** Whether some pattern matches the action. */
export function exactly(patterns: readonly string[]): (action: string) => boolean {
  const globs = patterns.map(parseGlob);
  return (action) => globs.some((glob) => matchesGlob(glob, action));
}
