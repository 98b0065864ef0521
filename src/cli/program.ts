import { Command, CommanderError } from 'commander';
import { configTable, readClientEnvironment } from '../kernel/config.js';
import { isGraphError } from '../kernel/errors.js';
import { addAdminCommands } from './admin-commands.js';
import { createApiClient } from './api-client.js';
import { addDemoCommand } from './demo-command.js';
import { addImportCommands } from './import-commands.js';
import { addServeCommand } from './serve-command.js';
import { addSourceCommands } from './source-commands.js';
import { addStoreCommands } from './store-commands.js';

/** Runs one command line; resolves to the exit code. An expected failure is one clear line (or a line a fault) on standard error. */
export async function runProgram(argv: readonly string[]): Promise<number> {
  const print = (line: string) => void process.stdout.write(`${line}\n`);
  try {
    await createProgram(print).parseAsync([...argv]);
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode;
    if (!isGraphError(error)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
}

function createProgram(print: (line: string) => void): Command {
  const program = new Command('identity-graph')
    .description('What may this identity do, through exactly which chain, and what should be removed')
    .option('--url <url>', 'where the service answers, for commands that ask it (or IDENTITY_GRAPH_URL)')
    .option('--token <token>', 'API token for those commands (or IDENTITY_GRAPH_TOKEN, ADMIN_TOKEN)')
    .exitOverride()
    .showHelpAfterError()
    .addHelpText(
      'after',
      `\nConfiguration of serve, demo and the commands on a data folder, by environment:\n${indent(configTable())}`,
    );
  const connect = (command: Command) => {
    const given = command.optsWithGlobals<{ url?: string; token?: string }>();
    const environment = readClientEnvironment();
    return createApiClient({ url: given.url ?? environment.url, token: given.token ?? environment.token });
  };
  addServeCommand(program, print);
  addDemoCommand(program, print);
  addAdminCommands(program, connect, print);
  addSourceCommands(program, connect, print);
  addImportCommands(program, connect, print);
  addStoreCommands(program, print);
  return program;
}

function indent(text: string): string {
  return text.replace(/^/gm, '  ');
}
