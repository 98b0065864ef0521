import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import type { Command } from 'commander';
import { readConfig } from '../kernel/config.js';
import { GraphError } from '../kernel/errors.js';
import { checkStore } from '../store/check-store.js';
import { exportStore } from '../store/export-store.js';
import { restoreStore } from '../store/restore-store.js';
import { importService } from './serve-command.js';

type Print = (line: string) => void;

/** What works on the store in DATA_DIR itself. All but `restore` may run beside a service on the same folder. */
export function addStoreCommands(program: Command, print: Print): void {
  program
    .command('backup <file>')
    .description('copy the embedded store as of one commit to a new file')
    .action(async (file: string) => {
      const store = await (await importService()).openStoreForReading(readConfig());
      await store.backup?.(file);
      await store.graph.close();
      if (store.backup === undefined)
        throw new GraphError('INVALID', 'backup copies the embedded store; take `export`, or Neo4j’s own tools');
      print(`copied to ${file}; to go back, put it into an empty DATA_DIR under the name of the store’s file`);
    });
  program
    .command('export <file>')
    .description('write the whole store, log and side data, as canonical JSON lines; `-` is standard output')
    .option('--with-credentials', 'also the hashes of tokens')
    .action(async (file: string, options: { withCredentials?: true }) => {
      const store = await (await importService()).openStoreForReading(readConfig());
      const sink = file === '-' ? process.stdout : createWriteStream(file, { flags: 'wx' });
      const failure = once(sink, 'error').then(([error]) => Promise.reject(error));
      const write = async (text: string) =>
        void (sink.write(text) || (await Promise.race([once(sink, 'drain'), failure])));
      const counts = await exportStore(store, write, { withCredentials: options.withCredentials ?? false });
      if (file !== '-') {
        sink.end();
        await finished(sink);
        print(
          `wrote ${counts.nodes} nodes, ${counts.edges} edges, ${counts.commits} commits, ${counts.facts} side facts to ${file}`,
        );
      }
      await store.graph.close();
    });
  program
    .command('check')
    .description('read the whole store and see that its log is unbroken and adds up to its graph')
    .action(async () => {
      const store = await (await importService()).openStoreForReading(readConfig());
      const tell = (text: string) => void (process.stderr.isTTY && process.stderr.write(`\r\u001b[K${text}`));
      const checked = await checkStore(store.graph, (revision) => tell(`revision ${revision}`));
      await store.graph.close();
      tell('');
      print(
        `whole: ${checked.commits} commits up to revision ${checked.revision}, ${checked.nodes} nodes, ${checked.edges} edges`,
      );
    });
  program
    .command('restore <file>')
    .description('fill the empty store in DATA_DIR with an export; `-` is standard input')
    .action(async (file: string) => {
      const store = await (await importService()).openStore(readConfig());
      const source = (file === '-' ? process.stdin : createReadStream(file)).setEncoding('utf8');
      const head = await restoreStore(store, source);
      await store.graph.close();
      print(`restored up to revision ${head.revision}, from ${new Date(head.at).toISOString()}`);
    });
}
