import type { Issue } from '../../kernel/errors.js';
import type { AzureEntity } from './azure-files.js';

/** What holds on a scope, and where it stands. */
interface Scoped {
  readonly scope: string;
  readonly place: string;
}

/** Scopes as paths, in lower case, since Azure does not tell letter cases apart. */
export interface AzureScopes {
  /** `/managementgroups:root/subscriptions:0a1b/resourcegroups:shop/providers/microsoft.storage/storageaccounts/a`; tenant: `/`. */
  pathOf(scope: string): string;
  /** Scopes whose place in the tree of management groups nobody said, though some assignment is on a management group. */
  faults(assignments: readonly Scoped[]): readonly Issue[];
}

const group = /^\/providers\/microsoft\.management\/managementgroups\/([^/]+)$/;
const subscription = /^\/subscriptions\/[^/]+/;

/** From the entities, each of which names its parent. */
export function createAzureScopes(entities: readonly AzureEntity[]): AzureScopes {
  const parents = new Map(entities.map(({ id, parent }) => [id.toLowerCase(), parent?.id?.toLowerCase() ?? undefined]));

  function pathOf(given: string): string {
    const scope = given.toLowerCase().replace(/\/+$/, '');
    if (scope === '') return '/';
    const [, name] = group.exec(scope) ?? [];
    if (name !== undefined) return `${above(scope)}/managementgroups:${name}`;
    const [root = ''] = subscription.exec(scope) ?? [];
    const below = scope.slice(root.length).replace(/^\/resourcegroups\/([^/]+)/, '/resourcegroups:$1');
    return root === '' ? below : `${above(root)}${root.replace('/subscriptions/', '/subscriptions:')}${below}`;
  }
  /** A ring of parents would be Azure's fault; it ends where it meets itself. */
  function above(scope: string, seen: ReadonlySet<string> = new Set()): string {
    const parent = parents.get(scope);
    const [, name] = parent === undefined ? [] : (group.exec(parent) ?? []);
    if (parent === undefined || name === undefined || seen.has(parent)) return '';
    return `${above(parent, new Set([...seen, parent]))}/managementgroups:${name}`;
  }

  return {
    pathOf,
    faults(assignments) {
      if (!assignments.some(({ scope }) => group.test(scope.toLowerCase()))) return [];
      return assignments.flatMap(({ scope, place }) => {
        const root =
          subscription.exec(scope.toLowerCase())?.[0] ??
          (group.test(scope.toLowerCase()) ? scope.toLowerCase() : undefined);
        if (root === undefined || parents.has(root)) return [];
        return [
          {
            pointer: `${place}/scope`,
            code: 'NO_PLACE',
            message: `\`${root}\` has no known place among the management groups, on which roles are assigned`,
            hint: 'send the entities of the management groups along',
          },
        ];
      });
    },
  };
}
