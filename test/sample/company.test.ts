import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { createCompany } from '../../src/sample/company.js';

const company = createCompany();

describe('the sample company', () => {
  it('has some 400 people and 600 service accounts, workloads and agents, owners among them who have left', () => {
    const people = company.accounts.filter(({ type }) => type === 'human');
    const machines = company.accounts.filter(({ type }) => type !== 'human');
    const left = new Set(people.filter(({ active }) => !active).map(({ name }) => name));
    expect([people.length, machines.length + company.applicationAccounts.length]).toEqual([400, 600]);
    expect(new Set(machines.map(({ type }) => type))).toEqual(new Set(['service_account', 'workload', 'ai_agent']));
    expect(machines.filter(({ owners = [] }) => owners.some((owner) => left.has(owner))).length).toBeGreaterThan(10);
    expect(new Set(machines.flatMap(({ environments = [] }) => environments)).size).toBe(4);
  });

  it('is the same for the same seed, and another for another', () => {
    expect(createCompany()).toEqual(company);
    expect(createCompany(7)).not.toEqual(company);
  });

  it('is described as it is: every planted case with its identity', () => {
    const page = readFileSync('docs/sample.md', 'utf8');
    const rows = [...page.matchAll(/^\| `nordwind\/([^`]+)` +\| (.+?) +\|$/gm)].map(([, identity, title]) => ({
      title,
      identity,
    }));
    expect(rows).toEqual(company.planted);
  });
});
