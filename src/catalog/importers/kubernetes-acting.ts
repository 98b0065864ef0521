import type { Issue } from '../../kernel/errors.js';
import type { KubernetesRule } from './kubernetes-files.js';
import { actionPatterns, exactly } from './kubernetes-patterns.js';
import type { KubernetesRole } from './kubernetes-roles.js';
import type { SubjectBook } from './kubernetes-subjects.js';
import type { RowBook } from './platform-import.js';

/** Writes the users that a rule for `impersonate` names: they may be acted as though nothing is bound to them. */
export function writeNamedUsers(roles: readonly KubernetesRole[], subjects: SubjectBook): void {
  for (const { rules, inNamespace } of roles)
    for (const rule of inNamespace ? [] : rules)
      if (allows(rule, 'impersonate core:users'))
        for (const name of rule.resourceNames) subjects.write({ kind: 'User', name }, undefined);
}

/**
 * Rules that let one act as a user or a service account: `impersonate`, and `create` of a service account's tokens. A
 * service account is acted as where a binding covers its namespace; a user only by a binding of the whole cluster.
 */
export function writeActing(roles: readonly KubernetesRole[], subjects: SubjectBook, rows: RowBook): readonly Issue[] {
  return roles.flatMap((role) => {
    for (const rule of role.rules) {
      const asAccount =
        allows(rule, 'impersonate core:serviceaccounts') || allows(rule, 'create core:serviceaccounts/token');
      if (asAccount)
        for (const [to, { namespace, name }] of subjects.serviceAccounts)
          if (isNamed(rule, name) && (role.namespace ?? namespace) === namespace)
            rows.add({ kind: 'actAs', role: role.name, to, at: `/${namespace}` });
      if (role.inNamespace || !allows(rule, 'impersonate core:users')) continue;
      for (const to of subjects.users) if (isNamed(rule, to)) rows.add({ kind: 'actAs', role: role.name, to, at: '/' });
      for (const to of subjects.serviceAccounts.keys())
        if (isNamed(rule, to)) rows.add({ kind: 'actAs', role: role.name, to, at: '/' });
    }
    return !role.inNamespace && role.rules.some((rule) => allows(rule, 'impersonate core:groups'))
      ? [groupsNote(role)]
      : [];
  });
}

function allows(rule: KubernetesRule, action: string): boolean {
  return exactly(actionPatterns(rule))(action);
}

function isNamed({ resourceNames }: KubernetesRule, name: string): boolean {
  return resourceNames.length === 0 || resourceNames.includes(name);
}

function groupsNote({ name, place }: KubernetesRole): Issue {
  return {
    pointer: place,
    code: 'NOT_SAID',
    message: `\`${name}\` lets one take on any group, which is no identity here; it is classed and not followed`,
    hint: 'take who has `impersonate` of groups for an administrator of the cluster',
  };
}
