import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { GraphError } from '../kernel/errors.js';
import type { ApiClient } from './api-client.js';

type Connect = (command: Command) => ApiClient;
type Print = (line: string) => void;

const problem = '__typename ... on Problem { message } ... on Invalid { issues { pointer message hint } }';

/** From nothing to the first push: the mutations of the same names, sent to a running service. */
export function addAdminCommands(program: Command, connect: Connect, print: Print): void {
  addTenant(program, connect, print);
  addSource(program, connect, print);
  addClassification(program, connect, print);
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

function addSource(program: Command, connect: Connect, print: Print): void {
  const source = program.command('source').description('connections of identity providers and applications');
  source
    .command('create <tenant/slug>')
    .description('make a source; prints its base URL and its token, once')
    .requiredOption('--kind <kind>', 'idp or application')
    .option('--preset <preset>', 'okta, entra, onelogin, jumpcloud, ping, google or generic', 'generic')
    .option('--application <slug>', 'whose roles its accounts hold (kind application)')
    .option('--nesting <nesting>', 'TRANSITIVE or DIRECT; absent: the preset’s')
    .option('--dialect <dialect>', 'lenient, rfc or interop; absent: the preset’s')
    .option('--settings <json>', 'what is to be otherwise than the preset says, such as \'{"patchResponse":"none"}\'')
    .action(async (path: string, options: Record<string, string | undefined>, command: Command) => {
      const [tenant, slug] = path.split('/');
      const { createSource } = await connect(command).ask<{ createSource: Created }>(
        `mutation ($input: SourceInput!) { createSource(input: $input) { ${problem} ... on SourceCreated { source { ref } scimBaseUrl token } } }`,
        {
          input: {
            tenant,
            slug: slug ?? '',
            kind: upper(options.kind),
            preset: options.preset,
            application: options.application,
            nesting: upper(options.nesting),
            dialect: options.dialect,
            settings: options.settings === undefined ? undefined : parseSettings(options.settings),
          },
        },
      );
      printSource(print, createSource);
    });
  source
    .command('set <source>')
    .description('change how a source is read and answered; what is not given stays')
    .option('--settings <json>', 'as in the mutation setSourceSettings, such as \'{"requireIfMatch":true}\'', '{}')
    .option('--schemas <file>', 'schemas of its own, a JSON list')
    .action(async (ref: string, options: { settings: string; schemas?: string }, command: Command) => {
      const schemas = options.schemas === undefined ? {} : { schemas: readText(options.schemas) };
      const { setSourceSettings } = await connect(command).ask<{ setSourceSettings: { source: { ref: string } } }>(
        `mutation ($source: Ref!, $settings: SourceSettingsInput!) { setSourceSettings(source: $source, settings: $settings) {
          ${problem} ... on SettingsSet { source { ref } } } }`,
        { source: ref, settings: { ...parseSettings(options.settings), ...schemas } },
      );
      print(`source ${setSourceSettings.source.ref} is read and answered so from now on`);
    });
  source
    .command('rotate-token <source>')
    .description('make another token for a source; the one before it goes on for a while')
    .option('--overlap <duration>', 'how long the one before goes on, ISO 8601', 'P7D')
    .action(async (ref: string, options: { overlap: string }, command: Command) => {
      const { rotateSourceToken } = await connect(command).ask<{ rotateSourceToken: Created }>(
        `mutation ($source: Ref!, $overlap: String!) { rotateSourceToken(source: $source, overlap: $overlap) {
          ${problem} ... on SourceCreated { source { ref } scimBaseUrl token } } }`,
        { source: ref, overlap: options.overlap },
      );
      printSource(print, rotateSourceToken);
    });
}

function parseSettings(text: string): object {
  const settings = parseJson(text, '--settings');
  if (typeof settings === 'object' && settings !== null && !Array.isArray(settings)) return settings;
  throw new GraphError('INVALID', '--settings is no JSON object; see --help');
}

function parseJson(text: string, option: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new GraphError('INVALID', `${option} is no JSON; check its quotes`, {}, { cause });
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new GraphError('INVALID', `\`${file}\` cannot be read; check its path`, {}, { cause });
  }
}

function addClassification(program: Command, connect: Connect, print: Print): void {
  program
    .command('classify <source>')
    .description(
      'say which accounts of a source are no people, from a JSON file of rules; without --apply only shows who would change',
    )
    .requiredOption('--rules <json>', 'rules as JSON, such as \'[{"type":"SERVICE_ACCOUNT","userName":"svc-*"}]\'')
    .option('--apply', 'set the rules and re-type in one write')
    .action(async (ref: string, options: { rules: string; apply?: true }, command: Command) => {
      const rules = parseJson(options.rules, '--rules');
      const client = connect(command);
      if (options.apply) {
        const { setClassification } = await client.ask<{ setClassification: { changes: number } }>(
          `mutation ($source: Ref!, $rules: [ClassificationRule!]!) { setClassification(source: $source, rules: $rules) {
            ${problem} ... on ClassificationSet { changes } } }`,
          { source: ref, rules },
        );
        print(`${setClassification.changes} accounts have another type`);
        return;
      }
      const { previewClassification } = await client.ask<{ previewClassification: Preview }>(
        `query ($source: Ref!, $rules: [ClassificationRule!]!) { previewClassification(source: $source, rules: $rules) {
          totalCount changes { account { ref } from to } } }`,
        { source: ref, rules },
      );
      for (const { account, from, to } of previewClassification.changes) print(`${account.ref}: ${from} → ${to}`);
      print(`${previewClassification.totalCount} accounts would change; --apply does it`);
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

interface Created {
  readonly source: { readonly ref: string };
  readonly scimBaseUrl: string;
  readonly token: string;
}
interface Preview {
  readonly totalCount: number;
  readonly changes: readonly {
    readonly account: { readonly ref: string };
    readonly from: string;
    readonly to: string;
  }[];
}

function printSource(print: Print, { source, scimBaseUrl, token }: Created): void {
  print(
    `source   ${source.ref}\nbase URL ${scimBaseUrl}\ntoken    ${token}\nthe token is shown this once; enter both at the provider`,
  );
}

const upper = (text: string | undefined): string | undefined => text?.toUpperCase();
