import { addAccount, type CompanyDraft, join, type SampleAssignment, type SampleType } from './company-draft.js';
import { peopleOf } from './people.js';

const account = (name: string) => ({ kind: 'account', name }) as const;
const group = (name: string) => ({ kind: 'group', name }) as const;
const everyone = { kind: 'everyone' } as const;

/** Ordinary access first, then one of each way in which access becomes more than anybody meant. */
export function addPlantedCases(draft: CompanyDraft): void {
  addOrdinaryAccess(draft);
  addNestedAdministrators(draft);
  addDenies(draft);
  addScopes(draft);
  addTime(draft);
  addConditions(draft);
  addBreadth(draft);
  addShapes(draft);
  addActingAs(draft);
  addDeniedActing(draft);
  addOtherTenant(draft);
}

function addOrdinaryAccess(draft: CompanyDraft): void {
  grant(draft, 'nordwind/crm', group('All Employees'), 'viewer', '/');
  grant(draft, 'nordwind/crm', group('Sales'), 'agent', '/');
  for (const country of ['Denmark', 'Germany', 'Nordics'])
    grant(draft, 'nordwind/crm', group(`Sales ${country}`), 'manager', `/${country.toLowerCase()}`);
  grant(draft, 'nordwind/crm', group('Support'), 'agent', '/');
  grant(draft, 'nordwind/crm', group('Agents'), 'viewer', '/');
  grant(draft, 'nordwind/cloud', group('Engineering'), 'viewer', '/');
  for (const environment of ['dev', 'test', 'stage'])
    grant(draft, 'nordwind/cloud', group('Engineering'), 'deployer', `/${environment}`);
  for (const environment of ['dev', 'test', 'stage', 'prod'])
    grant(draft, 'nordwind/cloud', group(`Workloads ${environment}`), 'viewer', `/${environment}`);
  grant(draft, 'labs/billing', group('Finance'), 'clerk', '/');
}

/** The headline: a service account three groups away from the keys of production. */
function addNestedAdministrators(draft: CompanyDraft): void {
  machine(draft, 'svc-ci-runner', 'builds every branch');
  join(draft, 'CI Runners', 'svc-ci-runner');
  join(draft, 'Build Platform', 'CI Runners', 'Platform Build');
  join(draft, 'Cloud Operators', 'Build Platform', 'Platform Cloud');
  grant(draft, 'nordwind/cloud', group('Cloud Operators'), 'owner', '/');
  plant(draft, 'inherits cloud owner through three nested groups', 'svc-ci-runner');

  machine(draft, 'svc-old-administrator', 'retired, but its group was not', { active: false });
  join(draft, 'CRM Administrators', 'svc-old-administrator', peopleOf(draft, 'Sales')[0] as string);
  grant(draft, 'nordwind/crm', group('CRM Administrators'), 'admin', '/');
  plant(draft, 'disabled service account in an administrators group: latent access', 'svc-old-administrator');

  machine(draft, 'svc-orphan-exporter', 'exports contacts every night', { owners: [] });
  join(draft, 'Nightly Exports', 'svc-orphan-exporter');
  join(draft, 'CRM Administrators', 'Nightly Exports');
  plant(draft, 'nobody owns it, and it inherits an administrator role', 'svc-orphan-exporter');
}

function addDenies(draft: CompanyDraft): void {
  machine(draft, 'svc-report-builder', 'builds sales reports');
  join(draft, 'Report Readers', 'svc-report-builder');
  join(draft, 'Report Writers', 'svc-report-builder');
  join(draft, 'No Exports Outer', 'No Exports');
  join(draft, 'No Exports', 'svc-report-builder');
  grant(draft, 'nordwind/crm', group('Report Readers'), 'manager', '/denmark');
  grant(draft, 'nordwind/crm', group('Report Writers'), 'manager', '/denmark');
  grant(draft, 'nordwind/crm', group('No Exports Outer'), 'export-guard', '/');
  plant(draft, 'allowed through two groups, denied through a third nested one', 'svc-report-builder');

  machine(draft, 'svc-deployer-all', 'deploys everywhere but test');
  grant(draft, 'nordwind/cloud', account('svc-deployer-all'), 'deployer', '/');
  grant(draft, 'nordwind/cloud', account('svc-deployer-all'), 'deploy-guard', '/test');
  plant(draft, 'allowed at the root, except under /test', 'svc-deployer-all');
}

function addScopes(draft: CompanyDraft): void {
  machine(draft, 'svc-three-projects', 'maintains three projects');
  for (const project of ['project-04', 'project-11', 'project-23'])
    grant(draft, 'nordwind/cloud', account('svc-three-projects'), 'operator', `/prod/${project}`);
  plant(draft, 'one role at exactly 3 of 92 projects', 'svc-three-projects');

  machine(draft, 'svc-two-scopes', 'reads one secret store, runs another');
  grant(draft, 'nordwind/cloud', account('svc-two-scopes'), 'operator', '/stage/project-01');
  grant(draft, 'nordwind/cloud', account('svc-two-scopes'), 'deployer', '/prod/project-01');
  plant(draft, 'one junior role from two bindings at different scopes', 'svc-two-scopes');
}

function addTime(draft: CompanyDraft): void {
  machine(draft, 'svc-migration', 'moved the warehouse in 2025');
  draft.assignments.push({
    ...assignment('nordwind/cloud', account('svc-migration'), 'owner', '/prod'),
    validFrom: '2025-03-01T00:00:00.000Z',
    validUntil: '2025-09-01T00:00:00.000Z',
  });
  plant(draft, 'its grant ended; why-not says when', 'svc-migration');

  const engineer = peopleOf(draft, 'Platform')[3] as string;
  draft.assignments.push({ ...assignment('nordwind/cloud', account(engineer), 'owner', '/prod'), eligible: true });
  plant(draft, 'eligible for an owner role, to be activated first', engineer);
}

function addConditions(draft: CompanyDraft): void {
  machine(draft, 'svc-night-watch', 'looks at alarms');
  draft.assignments.push({
    ...assignment('nordwind/cloud', account('svc-night-watch'), 'owner', '/prod'),
    condition: { kind: 'compare', key: 'mfa', operator: 'EQUALS', values: [true] },
  });
  plant(
    draft,
    'owner of production on a condition: `decide` with the context {"mfa": true} settles it',
    'svc-night-watch',
  );

  machine(draft, 'svc-network-bot', 'changes networks outside production');
  grant(draft, 'nordwind/cloud', account('svc-network-bot'), 'operator', '/');
  grant(draft, 'nordwind/cloud', account('svc-network-bot'), 'tag-guard', '/');
  plant(
    draft,
    'a deny that names some resources only: conditional at the root, denied in production',
    'svc-network-bot',
  );
}

function addBreadth(draft: CompanyDraft): void {
  machine(draft, 'svc-newsletter', 'sends the newsletter');
  grant(draft, 'nordwind/crm', account('svc-newsletter'), 'newsletter', '/');
  plant(draft, 'a harmless name: its role inherits the role of managers, exports included', 'svc-newsletter');

  grant(draft, 'nordwind/cloud', everyone, 'viewer', '/dev');
  machine(draft, 'svc-lone-reader', 'is in no group at all');
  plant(draft, 'reads development because everyone may', 'svc-lone-reader');
}

function addShapes(draft: CompanyDraft): void {
  machine(draft, 'svc-ring', 'sits in a ring of groups');
  join(draft, 'Ring A', 'svc-ring', 'Ring C');
  join(draft, 'Ring B', 'Ring A');
  join(draft, 'Ring C', 'Ring B');
  grant(draft, 'nordwind/crm', group('Ring B'), 'agent', '/');
  plant(draft, 'in a ring of three groups', 'svc-ring');

  machine(draft, 'svc-deep', 'twelve groups deep');
  join(draft, 'Chain 01', 'svc-deep');
  for (let n = 2; n <= 12; n++) join(draft, chain(n), chain(n - 1));
  grant(draft, 'nordwind/cloud', group(chain(12)), 'secret-reader', '/prod');
  plant(draft, 'reads production secrets through twelve nested groups', 'svc-deep');

  machine(draft, 'svc-ledger-sync', 'member of a group in a group');
  join(draft, 'Billing Machines', 'svc-ledger-sync');
  join(draft, 'Billing Approvers', 'Billing Machines');
  grant(draft, 'labs/billing', group('Billing Approvers'), 'approver', '/');
  plant(draft, 'billing honours direct members only: not granted, why-not says nesting', 'svc-ledger-sync');

  join(draft, 'Build Platform', 'svc-not-pushed-yet');
}

function addActingAs(draft: CompanyDraft): void {
  machine(draft, 'agent-concierge', 'answers questions in chat', { type: 'ai_agent' });
  draft.actAs.push({
    source: 'nordwind/cloud',
    principal: account('agent-concierge'),
    target: 'svc-ci-runner',
    at: '/prod',
  });
  plant(draft, 'may act as the service account that inherits cloud owner', 'agent-concierge');

  machine(draft, 'svc-project-admin', 'administers project 7 only');
  grant(draft, 'nordwind/cloud', account('svc-project-admin'), 'impersonator', '/prod/project-07');
  machine(draft, 'svc-project-07', 'lives in project 7');
  grant(draft, 'nordwind/cloud', account('svc-project-07'), 'owner', '/stage/project-09');
  draft.actAs.push({
    source: 'nordwind/cloud',
    principal: { kind: 'role', name: 'impersonator' },
    target: 'svc-project-07',
    at: '/prod/project-07',
  });
  plant(
    draft,
    'its role at project 7 may act as an account that lives there and owns another project',
    'svc-project-admin',
  );
}

function addDeniedActing(draft: CompanyDraft): void {
  machine(draft, 'svc-barred-admin', 'administers project 7, and may not act as what lives there');
  grant(draft, 'nordwind/cloud', account('svc-barred-admin'), 'impersonator', '/prod/project-07');
  draft.actAs.push({
    source: 'nordwind/cloud',
    principal: account('svc-barred-admin'),
    target: 'svc-project-07',
    at: '/prod/project-07',
    effect: 'DENY',
  });
  plant(draft, 'the same role at project 7, with a deny on acting as what lives there', 'svc-barred-admin');
}

function addOtherTenant(draft: CompanyDraft): void {
  machine(draft, 'svc-labs-bridge', 'copies invoices between the companies');
  grant(draft, 'labs/billing', account('svc-labs-bridge'), 'admin', '/');
  plant(draft, 'administers an application of another tenant', 'svc-labs-bridge');
}

const chain = (n: number) => `Chain ${String(n).padStart(2, '0')}`;

/** A service account of production, owned by an engineer of the platform unless told otherwise. */
export function machine(
  draft: CompanyDraft,
  name: string,
  purpose: string,
  given: { readonly active?: boolean; readonly owners?: readonly string[]; readonly type?: SampleType } = {},
): void {
  addAccount(draft, {
    name,
    displayName: name,
    type: given.type ?? 'service_account',
    active: given.active ?? true,
    department: 'Machines',
    purpose,
    environments: ['prod'],
    owners: given.owners ?? [peopleOf(draft, 'Platform')[1] as string],
  });
}

/** What an application says of who holds which role where. */
export function assignment(
  source: SampleAssignment['source'],
  principal: SampleAssignment['principal'],
  role: string,
  path: string,
): SampleAssignment {
  return { source, principal, role, path };
}

function grant(draft: CompanyDraft, ...fact: Parameters<typeof assignment>): void {
  draft.assignments.push(assignment(...fact));
}

/** Notes what was planted, and on whom. */
export function plant(draft: CompanyDraft, title: string, identity: string): void {
  draft.planted.push({ title, identity });
}
