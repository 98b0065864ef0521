import type { Company, CompanyDraft } from './company-draft.js';
import { addMachines } from './machines.js';
import { addPeople } from './people.js';
import { addPlantedCases } from './planted-cases.js';
import { addReasonsThatEnded } from './reasons-that-ended.js';
import { createSeededRandom } from './seeded-random.js';

/** Nordwind Logistics: some 400 people, 600 service accounts, workloads and AI agents. The same for the same seed. */
export function createCompany(seed = 2026): Company {
  const random = createSeededRandom(seed);
  const draft: CompanyDraft = {
    accounts: new Map(),
    groups: new Map(),
    assignments: [],
    actAs: [],
    applicationAccounts: [],
    applicationGroups: [],
    planted: [],
  };
  addPeople(draft, random);
  addMachines(draft, random);
  addPlantedCases(draft);
  addReasonsThatEnded(draft);
  return {
    accounts: [...draft.accounts.values()],
    groups: [...draft.groups].map(([name, members], index) => ({
      name,
      externalId: `00g${(index + 1).toString(36).padStart(5, '0')}`,
      members: [...members],
    })),
    assignments: draft.assignments,
    actAs: draft.actAs,
    applicationAccounts: draft.applicationAccounts,
    applicationGroups: draft.applicationGroups,
    planted: draft.planted,
  };
}
