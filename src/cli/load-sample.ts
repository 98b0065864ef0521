import { GraphError } from '../kernel/errors.js';
import { createSampleCatalogues } from '../sample/catalogues.js';
import { createCompany } from '../sample/company.js';
import type { Company, SampleGroup } from '../sample/company-draft.js';
import { groupBody, memberBodies, userBody } from '../sample/scim-bodies.js';
import { snapshotLines, snapshotSources } from '../sample/snapshots.js';
import type { ApiClient } from './api-client.js';

/** A source of the sample, with the token that it was given. */
export interface SampleSource {
  readonly ref: string;
  readonly scimBaseUrl: string;
  readonly token: string;
}

type Tell = (line: string) => void;

/** How many requests an identity provider has under way. */
const requestsAtOnce = 16;

/**
 * Loads the sample company into a running service the way a real one arrives: mutations make tenants and sources, catalogues are
 * put, an identity provider pushes over SCIM, applications send snapshots. Nothing writes behind the API.
 */
export async function loadSample(client: ApiClient, tell: Tell): Promise<readonly SampleSource[]> {
  const company = createCompany();
  await makeTenants(client);
  const catalogues = createSampleCatalogues();
  for (const { resources, ...catalogue } of catalogues) await putCatalogue(client, catalogue, tell);
  await installApplications(client);
  for (const catalogue of catalogues) await putCatalogue(client, catalogue, tell);
  const sources = await makeSources(client);
  await pushCompany(company, sources[0] as SampleSource, tell);
  const everyone = await findEveryone(client);
  for (const source of snapshotSources) {
    tell(`snapshot of ${source} …`);
    const lines = snapshotLines(company, source, { takenAt: new Date().toISOString(), everyone });
    await client.send(
      'PUT',
      `/snapshot/v1/${source}`,
      'application/x-ndjson',
      lines.map((line) => `${JSON.stringify(line)}\n`).join(''),
    );
  }
  return sources;
}

/** Resources need the application's installation in their tenant, and the installation needs the application. */
async function putCatalogue(client: ApiClient, catalogue: { readonly application: string }, tell: Tell): Promise<void> {
  tell(`catalogue of ${catalogue.application} …`);
  await client.send('PUT', `/catalog/v1/${catalogue.application}`, 'application/json', JSON.stringify(catalogue));
}

const problem = '__typename ... on Problem { message }';

async function makeTenants(client: ApiClient): Promise<void> {
  for (const [slug, name] of [
    ['nordwind', 'Nordwind Logistics'],
    ['labs', 'Nordwind Labs'],
  ])
    await client.ask(
      `mutation ($slug: String!, $name: String!) { createTenant(slug: $slug, name: $name, environment: PROD) { ${problem} } }`,
      { slug, name },
    );
}

async function installApplications(client: ApiClient): Promise<void> {
  for (const [application, tenant] of [
    ['crm', 'nordwind'],
    ['cloud', 'nordwind'],
    ['billing', 'labs'],
  ])
    await client.ask(
      `mutation ($application: Ref!, $tenant: Ref!) {
        installApplication(application: $application, tenant: $tenant, environment: PROD) { ${problem} } }`,
      { application, tenant },
    );
}

async function makeSources(client: ApiClient): Promise<readonly SampleSource[]> {
  const sources: SampleSource[] = [];
  const idp = { tenant: 'nordwind', slug: 'entra', kind: 'IDP', preset: 'entra', nesting: 'TRANSITIVE' };
  const applications = snapshotSources.map((path) => {
    const [tenant, slug] = path.split('/');
    return { tenant, slug, kind: 'APPLICATION', application: slug, preset: 'generic' };
  });
  for (const input of [idp, ...applications]) {
    const { createSource } = await client.ask<{
      createSource: Omit<SampleSource, 'ref'> & { source: { ref: string } };
    }>(
      `mutation ($input: SourceInput!) { createSource(input: $input) {
        ${problem} ... on SourceCreated { source { ref } scimBaseUrl token } } }`,
      { input: { ...input, ...(input === idp && { classification }) } },
    );
    const { source, scimBaseUrl, token } = createSource;
    sources.push({ ref: source.ref, scimBaseUrl, token });
  }
  return sources;
}

/** What the extension attribute says, else the name. */
const classification = [
  ...(['SERVICE_ACCOUNT', 'WORKLOAD', 'AI_AGENT'] as const).map((type) => ({
    type,
    attribute: 'urn:identity-graph:params:scim:schemas:extension:non-human:2.0:User:type',
    matches: type.toLowerCase(),
  })),
  { type: 'SERVICE_ACCOUNT', userName: 'svc-*' },
];

/** The id of the tenant's group of everyone, which has no name of its own. */
async function findEveryone(client: ApiClient): Promise<string> {
  const { groups } = await client.ask<{ groups: { nodes: readonly { id: string; source: unknown }[] } }>(
    '{ groups(tenant: "nordwind", displayName: "everyone") { nodes { id source { id } } } }',
    {},
  );
  return groups.nodes.find(({ source }) => source === null)?.id ?? '';
}

/** Users first, then groups, then members, as identity providers do. */
async function pushCompany(company: Company, source: SampleSource, tell: Tell): Promise<void> {
  const ids = new Map<string, string>();
  tell(`${source.ref} pushes ${company.accounts.length} users …`);
  await atOnce(company.accounts, showing(company.accounts.length), async (account) => {
    ids.set(account.name, await push(source, 'POST', '/Users', userBody(account)));
  });
  tell(`${source.ref} pushes ${company.groups.length} groups and their members …`);
  await atOnce(company.groups, showing(company.groups.length), async (group) => {
    ids.set(group.name, await push(source, 'POST', '/Groups', groupBody(group)));
  });
  await atOnce(company.groups, showing(company.groups.length), async (group: SampleGroup) => {
    for (const body of memberBodies(group, (member) => ids.get(member) ?? member))
      await push(source, 'PATCH', `/Groups/${ids.get(group.name)}`, body);
  });
}

/** Resolves to the id of what was made or changed; empty where the answer has no body. */
async function push(source: SampleSource, method: string, path: string, body: object): Promise<string> {
  const response = await fetch(`${source.scimBaseUrl}${path}`, {
    method,
    headers: { authorization: `Bearer ${source.token}`, 'content-type': 'application/scim+json' },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new GraphError('UNAVAILABLE', `${method} ${path} was answered ${response.status}: ${text}`);
  return text === '' ? '' : (JSON.parse(text) as { id: string }).id;
}

async function atOnce<Item>(
  items: readonly Item[],
  show: (done: number) => void,
  run: (item: Item) => Promise<void>,
): Promise<void> {
  const waiting = items.values();
  let done = 0;
  const worker = async () => {
    for (const item of waiting) {
      await run(item);
      show(++done);
    }
  };
  await Promise.all(Array.from({ length: requestsAtOnce }, worker));
}

/** On a terminal, how far the work has come; the last number makes room for the next line. */
function showing(total: number): (done: number) => void {
  return (done) => {
    if (process.stderr.isTTY) process.stderr.write(done < total ? `\r  ${done} of ${total}` : '\r\u001b[K');
  };
}
