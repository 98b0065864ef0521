import type { Command } from 'commander';
import { GraphError } from '../kernel/errors.js';
import { type ApiClient, problem } from './api-client.js';
import { parseJsonOption, parseObjectOption, readTextFile } from './json-option.js';

type Connect = (command: Command) => ApiClient;
type Print = (line: string) => void;

/** Connections of providers: the mutations and questions of the same names, sent to a running service. */
export function addSourceCommands(program: Command, connect: Connect, print: Print): void {
  const source = program.command('source').description('connections of identity providers and applications');
  addCreate(source, connect, print);
  addSet(source, connect, print);
  addRotate(source, connect, print);
  addTokens(source, connect, print);
  addList(source, connect, print);
  addClassification(program, connect, print);
}

interface CreateOptions {
  readonly kind: string;
  readonly preset: string;
  readonly application?: string;
  readonly nesting?: string;
  readonly dialect?: string;
  readonly authoritative?: string;
  readonly emailsVerified?: string;
  readonly correlateBy?: readonly string[];
  readonly rules?: string;
  readonly settings?: string;
}

function addCreate(source: Command, connect: Connect, print: Print): void {
  source
    .command('create <tenant/slug>')
    .description('make a source; prints its base URL and its token, once')
    .requiredOption('--kind <kind>', 'idp or application')
    .option('--preset <preset>', 'okta, entra, onelogin, jumpcloud, ping, google or generic', 'generic')
    .option('--application <slug>', 'whose roles its accounts hold (kind application)')
    .option('--nesting <nesting>', 'transitive or direct; absent: the preset’s')
    .option('--dialect <dialect>', 'lenient, rfc or interop; absent: the preset’s')
    .option('--authoritative <yes|no>', 'its accounts decide the state of identities; absent: by its kind')
    .option('--emails-verified <yes|no>', 'its primary emails are verified, so they may correlate; absent: no')
    .option('--correlate-by <rule...>', 'external_id, user_name, employee_number, email, in that order')
    .option('--rules <json>', 'classification rules as JSON, or @ and a file that holds them')
    .option('--settings <json>', 'what is to be otherwise than the preset says, such as \'{"patchResponse":"none"}\'')
    .action(async (path: string, { rules, settings, ...options }: CreateOptions, command: Command) => {
      const [tenant, slug = ''] = path.split('/');
      const input = {
        ...options,
        tenant,
        slug,
        kind: options.kind.toUpperCase(),
        nesting: options.nesting?.toUpperCase(),
        authoritative: yesOrNo('--authoritative', options.authoritative),
        emailsVerified: yesOrNo('--emails-verified', options.emailsVerified),
        correlateBy: options.correlateBy?.map((rule) => rule.toUpperCase()),
        settings: settings === undefined ? undefined : parseObjectOption('--settings', settings),
        classification: rules === undefined ? undefined : parseJsonOption('--rules', rules),
      };
      const { createSource } = await connect(command).ask<{ createSource: Created }>(
        `mutation ($input: SourceInput!) { createSource(input: $input) { ${problem} ... on SourceCreated { source { ref } scimBaseUrl token } } }`,
        { input },
      );
      printCreated(print, createSource);
    });
}

function addSet(source: Command, connect: Connect, print: Print): void {
  source
    .command('set <source>')
    .description('change how a source is read and answered; what is not given stays')
    .option('--settings <json>', 'as in the mutation setSourceSettings, such as \'{"requireIfMatch":true}\'', '{}')
    .option('--schemas <file>', 'schemas of its own, a JSON list')
    .action(async (ref: string, options: { settings: string; schemas?: string }, command: Command) => {
      const schemas = options.schemas === undefined ? {} : { schemas: readTextFile(options.schemas, '--schemas') };
      const { setSourceSettings } = await connect(command).ask<{ setSourceSettings: { source: { ref: string } } }>(
        `mutation ($source: Ref!, $settings: SourceSettingsInput!) { setSourceSettings(source: $source, settings: $settings) {
          ${problem} ... on SettingsSet { source { ref } } } }`,
        { source: ref, settings: { ...parseObjectOption('--settings', options.settings), ...schemas } },
      );
      print(`source ${setSourceSettings.source.ref} is read and answered so from now on`);
    });
}

function addRotate(source: Command, connect: Connect, print: Print): void {
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
      printCreated(print, rotateSourceToken);
    });
}

function addTokens(source: Command, connect: Connect, print: Print): void {
  source
    .command('tokens <source>')
    .description('the tokens of a source, oldest first, by the ids that `token revoke` takes')
    .action(async (ref: string, _options: unknown, command: Command) => {
      const { sourceTokens } = await connect(command).ask<{ sourceTokens: readonly Token[] }>(
        'query ($source: Ref!) { sourceTokens(source: $source) { id createdAt expiresAt lastUsedAt } }',
        { source: ref },
      );
      for (const { id, createdAt, expiresAt, lastUsedAt } of sourceTokens)
        print(`${id}  made ${createdAt}  last used ${lastUsedAt ?? 'never'}  ends ${expiresAt ?? 'never'}`);
    });
}

function addList(source: Command, connect: Connect, print: Print): void {
  source
    .command('list')
    .description('every source and its health: what arrived, what dangles, what failed, what was coerced')
    .option('--tenant <tenant>', 'of this tenant only')
    .action(async (options: { tenant?: string }, command: Command) => {
      const client = connect(command);
      for (let after: string | null | undefined; after !== null; ) {
        const { sources }: { sources: Sources } = await client.ask(
          `query ($tenant: Ref, $after: String) { sources(tenant: $tenant, after: $after) { pageInfo { endCursor } nodes { ref kind preset
            scimBaseUrl health { lastWriteAt accounts groups dangling errors coerced { habit count } } } } }`,
          { tenant: options.tenant, after },
        );
        for (const one of sources.nodes) print(sourceText(one));
        after = sources.pageInfo.endCursor;
      }
    });
}

function sourceText({ ref, kind, preset, scimBaseUrl, health }: Listed): string {
  const { lastWriteAt, accounts, groups, dangling, errors, coerced } = health;
  const habits = coerced.map(({ habit, count }) => `${habit} ×${count}`).join(', ');
  return `${ref}  ${kind} ${preset}  ${scimBaseUrl}
  last write ${lastWriteAt ?? 'never'}, accounts ${accounts}, groups ${groups}, dangling ${dangling}, errors ${errors}, coerced ${habits || 'nothing'}`;
}

function addClassification(program: Command, connect: Connect, print: Print): void {
  program
    .command('classify <source>')
    .description('say which accounts of a source are no people; without --apply only shows who would change')
    .requiredOption(
      '--rules <json>',
      'rules as JSON, such as \'[{"type":"SERVICE_ACCOUNT","userName":"svc-*"}]\', or @ and a file that holds them',
    )
    .option('--apply', 'set the rules and re-type in one write')
    .action(async (ref: string, options: { rules: string; apply?: true }, command: Command) => {
      const rules = parseJsonOption('--rules', options.rules);
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
      const { changes, totalCount } = previewClassification;
      for (const { account, from, to } of changes) print(`${account.ref}: ${from} → ${to}`);
      if (changes.length < totalCount) print(`… and ${totalCount - changes.length} more`);
      print(`${totalCount} accounts would change; --apply does it`);
    });
}

interface Created {
  readonly source: { readonly ref: string };
  readonly scimBaseUrl: string;
  readonly token: string;
}
interface Token {
  readonly id: string;
  readonly createdAt: string;
  readonly expiresAt: string | null;
  readonly lastUsedAt: string | null;
}
interface Sources {
  readonly nodes: readonly Listed[];
  readonly pageInfo: { readonly endCursor: string | null };
}
interface Listed {
  readonly ref: string;
  readonly kind: string;
  readonly preset: string;
  readonly scimBaseUrl: string;
  readonly health: {
    readonly lastWriteAt: string | null;
    readonly accounts: number;
    readonly groups: number;
    readonly dangling: number;
    readonly errors: number;
    readonly coerced: readonly { readonly habit: string; readonly count: number }[];
  };
}
interface Preview {
  readonly totalCount: number;
  readonly changes: readonly {
    readonly account: { readonly ref: string };
    readonly from: string;
    readonly to: string;
  }[];
}

function printCreated(print: Print, { source, scimBaseUrl, token }: Created): void {
  print(
    `source   ${source.ref}\nbase URL ${scimBaseUrl}\ntoken    ${token}\nthe token is shown this once; enter both at the provider`,
  );
}

function yesOrNo(option: string, given: string | undefined): boolean | undefined {
  if (given === undefined) return undefined;
  if (given === 'yes' || given === 'no') return given === 'yes';
  throw new GraphError('INVALID', `${option} is \`yes\` or \`no\`, not \`${given}\``);
}
