import type { Command } from 'commander';
import { type ApiClient, problem } from './api-client.js';

type Connect = (command: Command) => ApiClient;
type Print = (line: string) => void;

/** Tenants, applications and API tokens: the mutations of the same names, sent to a running service. */
export function addAdminCommands(program: Command, connect: Connect, print: Print): void {
  addTenant(program, connect, print);
  addApplication(program, connect, print);
  addToken(program, connect, print);
}

function addTenant(program: Command, connect: Connect, print: Print): void {
  program
    .command('tenant')
    .description('administrative boundaries')
    .command('create <slug>')
    .description('make a tenant')
    .option('--name <name>', 'its name; absent: the slug')
    .option('--environment <environment>', 'DEV, TEST, STAGE or PROD')
    .action(async (slug: string, options: { name?: string; environment?: string }, command: Command) => {
      const { createTenant } = await connect(command).ask<{ createTenant: { tenant: { ref: string } } }>(
        `mutation ($slug: String!, $name: String!, $environment: Environment) {
          createTenant(slug: $slug, name: $name, environment: $environment) { ${problem} ... on TenantCreated { tenant { ref } } } }`,
        { slug, name: options.name ?? slug, environment: upper(options.environment) },
      );
      print(
        `tenant ${createTenant.tenant.ref} is made; next: identity-graph source create ${slug}/<source> --kind idp --preset okta`,
      );
    });
}

function addApplication(program: Command, connect: Connect, print: Print): void {
  program
    .command('application')
    .description('systems whose roles are catalogued')
    .command('install <application> <tenant>')
    .description('make an application usable in a tenant')
    .option('--environment <environment>', 'DEV, TEST, STAGE or PROD')
    .action(async (application: string, tenant: string, options: { environment?: string }, command: Command) => {
      const { installApplication } = await connect(command).ask<{ installApplication: { root: { ref: string } } }>(
        `mutation ($application: Ref!, $tenant: Ref!, $environment: Environment) {
          installApplication(application: $application, tenant: $tenant, environment: $environment) {
            ${problem} ... on ApplicationInstalled { root { ref } } } }`,
        { application, tenant, environment: upper(options.environment) },
      );
      print(`installed; its resources there begin at ${installApplication.root.ref}`);
    });
}

function addToken(program: Command, connect: Connect, print: Print): void {
  const token = program.command('token').description('API tokens');
  token
    .command('create <name>')
    .description('make an API token; prints it once')
    .option('--scope <scope...>', 'what it may do', ['graph:read'])
    .option('--tenant <tenant...>', 'tenants that it sees; absent: all that yours sees')
    .action(async (name: string, options: { scope: string[]; tenant?: string[] }, command: Command) => {
      const { createToken } = await connect(command).ask<{ createToken: { id: string; token: string } }>(
        `mutation ($input: TokenInput!) { createToken(input: $input) { ${problem} ... on TokenCreated { id token } } }`,
        { input: { name, scopes: options.scope, tenants: options.tenant } },
      );
      print(`token ${createToken.token}\nid    ${createToken.id}\nit is shown this once`);
    });
  token
    .command('revoke <id>')
    .description('end a token at once')
    .action(async (id: string, _options: unknown, command: Command) => {
      await connect(command).ask(`mutation ($id: ID!) { revokeToken(id: $id) { ${problem} } }`, { id });
      print('it is refused from now on');
    });
}

const upper = (text: string | undefined): string | undefined => text?.toUpperCase();
