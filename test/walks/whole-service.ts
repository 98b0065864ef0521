import { startService } from '../../src/compose.js';
import { readConfig } from '../../src/kernel/config.js';
import { createTemporaryFolder } from '../cli/running-service.js';
import { endsOnce } from '../ends-once.js';

/** Asks a running service as its administrator. */
export interface ServiceClient {
  readonly url: string;
  readonly token: string;
  ask(
    query: string,
    headers?: Readonly<Record<string, string>>,
  ): Promise<{ readonly data: unknown; readonly headers: Headers }>;
  /** `path` may be a whole address. */
  send(method: string, path: string, body: string | object, token?: string): Promise<Answer>;
}

/** The service as `serve` starts it, in this process, in a folder of its own. */
export interface WholeService extends ServiceClient {
  stop(): Promise<void>;
}
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: what a path answers is known where it is asked
  readonly body: any;
}

export async function startWholeService(environment: Readonly<Record<string, string>> = {}): Promise<WholeService> {
  const folder = createTemporaryFolder();
  const token = 'the-administrator-token-of-the-walks';
  const service = await startService(
    readConfig({ PORT: '0', DATA_DIR: folder.path, ADMIN_TOKEN: token, LOG_LEVEL: 'silent', ...environment }),
  );
  return {
    ...createServiceClient(service.url, token),
    stop: endsOnce(async () => {
      await service.close();
      folder.remove();
    }),
  };
}

export function createServiceClient(url: string, token: string): ServiceClient {
  async function send(method: string, path: string, body: string | object, own = token): Promise<Answer> {
    const response = await fetch(path.startsWith('http') ? path : `${url}${path}`, {
      method,
      headers: { authorization: `Bearer ${own}`, 'content-type': 'application/json' },
      ...(method !== 'GET' && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text === '' ? undefined : JSON.parse(text) };
  }

  return {
    url,
    token,
    send,
    async ask(query, headers = {}) {
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ query }),
      });
      const { data, errors } = (await response.json()) as { data: unknown; errors?: unknown };
      if (errors !== undefined) throw new Error(JSON.stringify(errors));
      return { data, headers: response.headers };
    },
  };
}

export const crmCatalogue = {
  apiVersion: 'idgraph/v1',
  kind: 'Catalogue',
  application: 'crm',
  name: 'Customer relations',
  version: '1',
  permissions: [
    { action: 'contact.read', class: 'READ', tier: 3 },
    { action: 'user.manage', class: 'GRANT', tier: 0 },
  ],
  roles: [
    { name: 'viewer', permissions: ['contact.read'] },
    { name: 'admin', inherits: ['viewer'], permissions: ['user.manage'] },
  ],
};

/** Tenant acme with the application crm, its source acme/crm, and the provider acme/idp. */
export async function makeAcme(service: ServiceClient) {
  await service.ask('mutation { createTenant(slug: "acme", name: "Acme") { __typename } }');
  await service.send('PUT', '/catalog/v1/crm', crmCatalogue);
  await service.ask(
    'mutation { installApplication(application: "crm", tenant: "acme", environment: PROD) { __typename } }',
  );
  const make = async (input: string) => {
    const { data } = await service.ask(
      `mutation { createSource(input: { tenant: "acme", ${input} }) { ... on SourceCreated { scimBaseUrl token } } }`,
    );
    return (data as { createSource: { scimBaseUrl: string; token: string } }).createSource;
  };
  const idp = await make('slug: "idp", kind: IDP, preset: "entra", nesting: TRANSITIVE');
  const crm = await make('slug: "crm", kind: APPLICATION, application: "crm"');
  return { idp, crm };
}
