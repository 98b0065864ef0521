import { addAccount, type CompanyDraft, join, type SampleType } from './company-draft.js';
import { peopleOf } from './people.js';
import type { SeededRandom } from './seeded-random.js';

const systems =
  'orders invoices shipments tracking routing pricing customs returns catalog search notify mailer reports ledger payroll forecast dispatch fleet telemetry archive'.split(
    ' ',
  );
const jobs = 'sync import export backup cleanup monitor deploy migrate'.split(' ');
const agents = 'triage summarise draft forecast reconcile translate review plan'.split(' ');
const environments = ['dev', 'test', 'stage', 'prod'] as const;

/** 600 non-human identities: services and workloads a system and environment, agents a system. One in nine has no owner. */
export function addMachines(draft: CompanyDraft, random: SeededRandom): void {
  const engineers = ['Engineering', 'Platform', 'Data'].flatMap((department) => peopleOf(draft, department));
  const left = ['Engineering', 'Platform', 'Data'].flatMap((department) => peopleOf(draft, department, false));
  const ownersOf = () => {
    const draw = random.next();
    if (draw < 0.11) return [];
    return [draw < 0.19 && left.length > 0 ? random.pick(left) : random.pick(engineers)];
  };
  let made = 0;
  for (const system of systems) {
    for (const environment of environments) {
      addMachine(draft, random, {
        type: 'workload',
        name: `wl-${system}-${environment}`,
        environment,
        system,
        owners: ownersOf(),
      });
      made++;
    }
    for (const job of jobs.slice(0, 4)) {
      for (const environment of environments) {
        addMachine(draft, random, {
          type: 'service_account',
          name: `svc-${system}-${job}-${environment}`,
          environment,
          system,
          owners: ownersOf(),
        });
        made++;
      }
    }
    for (const task of agents.slice(0, 4)) {
      addMachine(draft, random, {
        type: 'ai_agent',
        name: `agent-${system}-${task}`,
        environment: 'prod',
        system,
        owners: ownersOf(),
      });
      made++;
    }
  }
  for (let n = 0; made < 577; n++, made++)
    addMachine(draft, random, {
      type: 'service_account',
      name: `svc-legacy-${String(n + 1).padStart(3, '0')}`,
      environment: random.pick(environments),
      system: random.pick(systems),
      owners: ownersOf(),
    });
}

function addMachine(
  draft: CompanyDraft,
  random: SeededRandom,
  machine: {
    readonly type: SampleType;
    readonly name: string;
    readonly environment: (typeof environments)[number];
    readonly system: string;
    readonly owners: readonly string[];
  },
): void {
  const { type, name, environment, system, owners } = machine;
  addAccount(draft, {
    name,
    displayName: name,
    type,
    active: !random.chance(0.04),
    department: 'Machines',
    purpose: `${system} ${type === 'ai_agent' ? 'assistant' : 'automation'}`,
    environments: [environment],
    owners,
  });
  join(draft, `Machines ${system}`, name);
  if (type === 'workload') join(draft, `Workloads ${environment}`, name);
  if (type === 'ai_agent') join(draft, 'Agents', name);
}
