import { type CompanyDraft, join } from './company-draft.js';
import { peopleOf } from './people.js';
import { assignment, machine, plant } from './planted-cases.js';

const own = (name: string) => ({ kind: 'own', name }) as const;

/** Access whose reason has gone, or has not come yet; the application's own accounts and groups among it. */
export function addReasonsThatEnded(draft: CompanyDraft): void {
  const left = peopleOf(draft, 'Engineering', false)[0] as string;
  machine(draft, 'svc-left-behind', 'its owner has left the company', { owners: [left] });
  join(draft, 'Secret Keepers', 'svc-left-behind');
  draft.assignments.push(
    assignment('nordwind/cloud', { kind: 'group', name: 'Secret Keepers' }, 'secret-reader', '/prod'),
  );
  plant(draft, 'its only owner has left, and it inherits the secrets of production', 'svc-left-behind');

  const owners = [peopleOf(draft, 'Sales')[2] as string];
  const local = (name: string, purpose: string) =>
    ({ source: 'nordwind/crm', externalId: `crm-${name}`, userName: name, purpose, owners }) as const;
  draft.applicationAccounts.push(local('svc-data-steward', 'cleans contacts'), {
    ...local('svc-temp-auditor', 'audited the year 2025'),
    expiresAt: '2026-01-31T00:00:00.000Z',
  });
  draft.applicationGroups.push({
    source: 'nordwind/crm',
    externalId: 'stewards',
    displayName: 'Data Stewards',
    members: [{ externalId: 'crm-svc-data-steward', eligible: true }],
  });
  draft.assignments.push(
    assignment('nordwind/crm', own('stewards'), 'admin', '/'),
    assignment('nordwind/crm', own('crm-svc-temp-auditor'), 'admin', '/'),
  );
  plant(
    draft,
    'an account of the application alone, eligible for membership of a group of administrators',
    'svc-data-steward',
  );
  plant(draft, 'an administrator whose account has expired: nothing, and not latent either', 'svc-temp-auditor');
}
