import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { company } from './company.js';
import { type SmallService, startSmallService } from './small-service.js';

const folder = join(process.cwd(), 'docs/queries');
const examples = readdirSync(folder)
  .filter((name) => name.endsWith('.graphql'))
  .sort();

const triple = { identity: 'acme/svc:ci', permission: 'main:deploy', resource: 'main:/acme/prod' };
/** What the examples ask about, said of the small company; absent: they name nothing. */
const variables: Readonly<Record<string, object>> = {
  'identity.graphql': { ref: 'acme/svc:ci' },
  'effective-permissions.graphql': { ref: 'acme/svc:ci' },
  'latent.graphql': { ref: 'acme/svc:ci' },
  'roles.graphql': { application: 'main' },
  'permissions.graphql': { application: 'main' },
  'resources.graphql': { application: 'main' },
  'search.graphql': { text: 'ci' },
  'inheritance-paths.graphql': { identity: triple.identity, permission: triple.permission },
  'decide.graphql': triple,
  'decide-many.graphql': { questions: [triple] },
  'why-not.graphql': { ...triple, identity: 'acme/svc:lone' },
  'who-can.graphql': { permission: triple.permission },
  'preview-classification.graphql': { source: 'acme.idp', rules: [{ type: 'WORKLOAD', userName: 'svc:*' }] },
};

let service: SmallService;
beforeAll(async () => {
  service = await startSmallService(company);
});
afterAll(() => service.stop());

describe('the example queries', () => {
  it.each(examples)('%s says what it asks, runs without an error and finds something', async (name) => {
    const query = readFileSync(join(folder, name), 'utf8');
    expect(query).toMatch(/^# [A-Z].*\n/);
    const { data, errors } = await service.ask(query, { variables: variables[name] ?? {} });
    expect(errors).toBeUndefined();
    expect(emptyIn(data)).toEqual([]);
  });

  it('ask every question of the schema', () => {
    const asked = examples.map((name) => readFileSync(join(folder, name), 'utf8')).join('\n');
    const questions = ['viewer', 'tenants', 'sources', 'identity(', 'identities(', 'groups(', 'roles(', 'permissions(']
      .concat('resources(', 'applications', 'search(', 'inheritancePaths(', 'decide(', 'decideMany(', 'whyNot(')
      .concat('whoCan(', 'findings(', 'rules', 'previewClassification(', 'summary', 'effectivePermissions(');
    expect(questions.filter((question) => !asked.includes(question))).toEqual([]);
  });
});

/** Root fields that hold no row, no member and no answer. */
function emptyIn(data: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.entries(data).flatMap(([field, value]) => {
    const { nodes, items, changes } = (value ?? {}) as { nodes?: unknown[]; items?: unknown[]; changes?: unknown[] };
    const rows = nodes ?? items ?? changes ?? (Array.isArray(value) ? value : [value]);
    const isProblem = typeof value === 'object' && value !== null && 'message' in value;
    return rows.length === 0 || value === null || isProblem ? [field] : [];
  });
}
