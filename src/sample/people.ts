import { addAccount, type CompanyDraft, join } from './company-draft.js';
import type { SeededRandom } from './seeded-random.js';

const firstNames =
  'Ada Aino Anders Anna Birgit Bo Carla Chen Dagny David Elin Emil Eva Farid Freja Grace Hanna Hugo Ida Ines Ivan Jens Jonas Julia Kai Kit Lars Lea Liv Magnus Mia Mo Nina Noor Olga Omar Pia Ravi Rosa Sami Sara Sofia Tariq Tove Uma Viktor Yara Zoe'.split(
    ' ',
  );
const lastNames =
  'Aalto Andersen Bakker Berg Blom Christensen Dahl Diaz Eriksen Fischer Garcia Haddad Hansen Holm Ito Jansen Jensen Khan Kowalski Kruse Larsen Lund Meyer Mikkelsen Moreau Nielsen Novak Okafor Olsen Patel Petrov Rossi Schmidt Silva Singh Sorensen Tanaka Thomsen Virtanen Weber'.split(
    ' ',
  );

/** Department, head count, teams, title of its people. */
const departments = [
  ['Engineering', 110, ['Backend', 'Frontend', 'Mobile', 'Quality'], 'Engineer'],
  ['Platform', 45, ['Cloud', 'Build', 'Observability'], 'Platform Engineer'],
  ['Data', 35, ['Analytics', 'Science'], 'Data Engineer'],
  ['Sales', 70, ['Denmark', 'Germany', 'Nordics'], 'Account Manager'],
  ['Support', 60, ['First Line', 'Second Line'], 'Support Specialist'],
  ['Finance', 30, ['Payables', 'Controlling'], 'Accountant'],
  ['People', 20, ['Recruiting'], 'People Partner'],
  ['Operations', 20, ['Warehouse'], 'Planner'],
  ['Security', 10, ['Identity'], 'Security Engineer'],
] as const;

/** One in twenty has left (their account is off); a manager for each department; departments nest into `All Employees`. */
export function addPeople(draft: CompanyDraft, random: SeededRandom): void {
  for (const [department, count, teams, title] of departments) {
    const manager = addPerson(draft, random, { department, title: `Head of ${department}`, active: true });
    for (const team of teams) join(draft, department, `${department} ${team}`);
    for (let n = 1; n < count; n++) {
      const name = addPerson(draft, random, { department, title, active: !random.chance(0.05), manager });
      join(draft, `${department} ${random.pick(teams)}`, name);
    }
    join(draft, department, manager);
    join(draft, 'All Employees', department);
  }
}

function addPerson(
  draft: CompanyDraft,
  random: SeededRandom,
  job: { readonly department: string; readonly title: string; readonly active: boolean; readonly manager?: string },
): string {
  const [given, family] = [random.pick(firstNames), random.pick(lastNames)];
  const base = `${given}.${family}`.toLowerCase();
  let name = base;
  for (let n = 2; draft.accounts.has(`${name}@nordwind.example`); n++) name = `${base}${n}`;
  const userName = `${name}@nordwind.example`;
  addAccount(draft, {
    name: userName,
    displayName: `${given} ${family}`,
    type: 'human',
    email: userName,
    employeeNumber: String(10_001 + draft.accounts.size),
    ...job,
  });
  return userName;
}

/** The active people of a department, in order of arrival. */
export function peopleOf(draft: CompanyDraft, department: string, active = true): readonly string[] {
  return [...draft.accounts.values()]
    .filter((one) => one.type === 'human' && one.department === department && one.active === active)
    .map((one) => one.name);
}
