/** The three applications' role catalogues, in the form of `docs/formats/catalogue.md`. */
export function createSampleCatalogues() {
  return [crmCatalogue(), cloudCatalogue(), billingCatalogue()] as const;
}

const environments = ['dev', 'test', 'stage', 'prod'] as const;
const projectsPerEnvironment = 23;

function crmCatalogue() {
  return {
    ...document('crm', 'Customer relations'),
    permissions: [
      permission('contact.read', 'READ', 3),
      permission('contact.write', 'WRITE', 2),
      permission('contact.delete', 'WRITE', 1),
      permission('contact.export', 'READ', 1),
      permission('deal.read', 'READ', 3),
      permission('deal.write', 'WRITE', 2),
      permission('deal.approve', 'ADMIN', 1),
      permission('report.read', 'READ', 3),
      permission('user.manage', 'GRANT', 0),
      permission('settings.manage', 'ADMIN', 1),
      permission('token.read', 'SECRET', 1),
    ],
    roles: [
      { name: 'viewer', permissions: ['contact.read', 'deal.read', 'report.read'] },
      { name: 'agent', inherits: ['viewer'], permissions: ['contact.write', 'deal.write'] },
      { name: 'manager', inherits: ['agent'], permissions: ['deal.approve', 'contact.export'] },
      {
        name: 'admin',
        inherits: ['manager'],
        permissions: ['contact.delete', 'user.manage', 'settings.manage', 'token.read'],
      },
      { name: 'newsletter', inherits: ['manager'], permissions: ['contact.read'] },
      { name: 'export-guard', statements: [{ name: 'no-export', effect: 'DENY', actions: ['contact.export'] }] },
    ],
    resources: ['/denmark', '/germany', '/nordics'].map((path) => ({ tenant: 'nordwind', path, environment: 'PROD' })),
  };
}

function cloudCatalogue() {
  const actions = ['compute', 'storage', 'network', 'queue', 'database'].flatMap((service) => [
    permission(`${service}.read`, 'READ', 3),
    permission(`${service}.list`, 'READ', 3),
    permission(`${service}.update`, 'WRITE', 2),
    permission(`${service}.delete`, 'WRITE', 1),
  ]);
  return {
    ...document('cloud', 'Cloud platform'),
    permissions: [
      ...actions,
      permission('deploy.start', 'WRITE', 2),
      permission('deploy.approve', 'ADMIN', 1),
      permission('secret.read', 'SECRET', 1),
      permission('secret.write', 'SECRET', 1),
      permission('account.impersonate', 'IMPERSONATE', 0),
      permission('policy.write', 'GRANT', 0),
      { ...permission('object.read', 'READ', 3), plane: 'DATA' },
      { ...permission('object.write', 'WRITE', 2), plane: 'DATA' },
    ],
    roles: [
      { name: 'viewer', statements: [{ name: 'read', actions: ['*.read', '*.list'], notActions: ['secret.*'] }] },
      { name: 'deployer', inherits: ['viewer'], permissions: ['deploy.start'] },
      {
        name: 'operator',
        inherits: ['deployer'],
        statements: [{ name: 'run', actions: ['*.update', '*.delete'], notActions: ['database.delete'] }],
      },
      { name: 'secret-reader', permissions: ['secret.read'] },
      {
        name: 'owner',
        statements: [
          { name: 'everything', actions: ['*'] },
          { name: 'data', plane: 'DATA', actions: ['*'] },
        ],
      },
      { name: 'impersonator', permissions: ['account.impersonate'] },
      { name: 'deploy-guard', statements: [{ name: 'no-deploy', effect: 'DENY', actions: ['deploy.*'] }] },
      {
        name: 'tag-guard',
        statements: [
          { name: 'no-network-changes', effect: 'DENY', actions: ['network.update'], resources: ['prod/*'] },
        ],
      },
    ],
    resources: environments.flatMap((environment) => [
      { tenant: 'nordwind', path: `/${environment}`, environment: environment.toUpperCase() },
      ...Array.from({ length: projectsPerEnvironment }, (_, n) => ({
        tenant: 'nordwind',
        path: `/${environment}/project-${String(n + 1).padStart(2, '0')}`,
        environment: environment.toUpperCase(),
      })),
    ]),
  };
}

function billingCatalogue() {
  return {
    ...document('billing', 'Billing'),
    directMembersOnly: true,
    permissions: [
      permission('invoice.read', 'READ', 3),
      permission('invoice.create', 'WRITE', 2),
      permission('invoice.approve', 'ADMIN', 1),
      permission('payment.send', 'ADMIN', 1),
      permission('role.assign', 'GRANT', 0),
    ],
    roles: [
      { name: 'clerk', permissions: ['invoice.read', 'invoice.create'] },
      { name: 'approver', inherits: ['clerk'], permissions: ['invoice.approve'] },
      { name: 'admin', inherits: ['approver'], permissions: ['payment.send', 'role.assign'] },
    ],
    resources: [{ tenant: 'labs', path: '/ledger', environment: 'PROD' }],
  };
}

function document(application: string, name: string) {
  return { apiVersion: 'idgraph/v1', kind: 'Catalogue', application, name, version: '1' };
}

function permission(action: string, permissionClass: string, tier: 0 | 1 | 2 | 3) {
  return { action, class: permissionClass, tier };
}
