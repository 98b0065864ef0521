import type { Command } from 'commander';
import { readConfig } from '../kernel/config.js';
import { GraphError } from '../kernel/errors.js';
import { checkStore } from '../store/check-store.js';
import type { Head } from '../store/graph-store.js';
import { createProgress } from './progress.js';
import { importService } from './serve-command.js';
import { exportTo, restoreFrom, standardStream } from './store-transfer.js';

type Print = (line: string) => void;

/**
 * What works on the store itself: the one in DATA_DIR, or Neo4j where NEO4J_URI is set. All but `restore` may run beside
 * a service on the same store.
 */
export function addStoreCommands(program: Command, print: Print): void {
  program
    .command('backup <file>')
    .description('copy the embedded store as of one commit to a new file')
    .action(async (file: string) => {
      const store = await (await importService()).openStoreForReading(readConfig());
      try {
        if (store.backup === undefined)
          throw new GraphError('INVALID', 'backup copies the embedded store; take `export`, or Neo4j’s own tools');
        await store.backup(file);
      } finally {
        await store.graph.close();
      }
      print(`copied to ${file}; to go back, put it into an empty DATA_DIR under the name of the store’s file`);
    });
  program
    .command('export [file]')
    .description('write the whole store, log and side data, as canonical JSON lines; without a file to standard output')
    .option('--with-credentials', 'also the hashes of tokens')
    .action(async (file: string = standardStream, { withCredentials = false }: { withCredentials?: boolean }) => {
      const { nodes, edges, commits, facts } = await exportTo(file, { withCredentials });
      if (file === standardStream) return;
      print(`wrote ${nodes} nodes, ${edges} edges, ${commits} commits, ${facts} side facts to ${file}`);
    });
  program
    .command('check')
    .description('read the whole store and see that its log is unbroken and adds up to its graph')
    .action(async () => {
      const store = await (await importService()).openStoreForReading(readConfig());
      const progress = createProgress();
      try {
        const checked = await checkStore(store.graph, (revision) => progress.tell(`revision ${revision}`));
        progress.clear();
        print(
          `whole: ${checked.commits} commits up to revision ${checked.revision}, ${checked.nodes} nodes, ${checked.edges} edges`,
        );
      } finally {
        await store.graph.close();
      }
    });
  program
    .command('restore [file]')
    .description('fill the empty store with an export; without a file from standard input')
    .action(async (file: string = standardStream) => print(restoredLine(await restoreFrom(file))));
}

export const restoredLine = ({ revision, at }: Head): string =>
  `restored up to revision ${revision}, from ${new Date(at).toISOString()}`;
