import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Transform } from 'node:stream';
import type { Command } from 'commander';
import { linesOfFile, platformFilesType } from '../catalog/importers/file-lines.js';
import { decodeUtf8 } from '../catalog/utf8-text.js';
import { GraphError } from '../kernel/errors.js';
import type { ApiClient } from './api-client.js';
import { findImportFiles } from './import-files.js';
import { createProgress } from './progress.js';
import { restoredLine } from './store-commands.js';
import { restoreFrom, standardStream } from './store-transfer.js';

type Connect = (command: Command) => ApiClient;
type Print = (line: string) => void;

/** Documents and platforms' own files, sent to a running service. */
export function addImportCommands(program: Command, connect: Connect, print: Print): void {
  addPlatformImport(program, connect, print);
  const put = program.command('put').description('send a document of the application formats');
  put
    .command('catalogue <application> <file>')
    .description('roles, permissions and inheritance of an application, JSON or YAML (docs/formats/catalogue.md)')
    .action(async (application: string, file: string, _options: unknown, command: Command) => {
      const path = `/catalog/v1/${encodeURIComponent(application)}`;
      print(JSON.stringify(await sendFile(connect(command), path, file, 'application/yaml'), undefined, 2));
    });
  put
    .command('snapshot <tenant/source> <file>')
    .description('what an application really holds, JSON lines (docs/formats/snapshot.md)')
    .action(async (source: string, file: string, _options: unknown, command: Command) => {
      const [tenant, slug, more] = source.split(source.includes('/') ? '/' : '.');
      if (!tenant || !slug || more !== undefined)
        throw new GraphError(
          'INVALID',
          `\`${source}\` names no source; write its tenant and its slug, as \`acme/crm\``,
        );
      const path = `/snapshot/v1/${encodeURIComponent(tenant)}/${encodeURIComponent(slug)}`;
      print(JSON.stringify(await sendFile(connect(command), path, file, 'application/x-ndjson'), undefined, 2));
    });
}

interface PlatformOptions {
  readonly application?: string;
  readonly source?: string;
  readonly takenAt?: string;
}

function addPlatformImport(program: Command, connect: Connect, print: Print): void {
  program
    .command('import [format] [path...]')
    .description(
      'a platform’s own files, all of them each time: aws, gcp, keycloak, kubernetes … (docs/importers/); without a format, an export from standard input, as `restore` does',
    )
    .option('--application <slug>', 'the application that stands for this installation of the platform')
    .option('--source <tenant.source>', 'the source whose principals and assignments the files hold')
    .option('--taken-at <time>', 'when the platform was read, RFC 3339; absent: now')
    .action(async (format: string = standardStream, paths: string[], options: PlatformOptions, command: Command) => {
      if (format === standardStream) return print(restoredLine(await restoreFrom(standardStream)));
      const { application, source, takenAt } = options;
      if (paths.length === 0)
        throw new GraphError(
          'INVALID',
          `name the files of \`${format}\`; an export is read by \`identity-graph restore\``,
        );
      if (application === undefined)
        throw new GraphError('INVALID', 'say with --application which application stands for this installation');
      const query = new URLSearchParams({ ...(source && { source }), ...(takenAt && { takenAt }) });
      const { files, leftOut } = await findImportFiles(paths);
      for (const file of leftOut) process.stderr.write(`left out: ${file}\n`);
      const path = `/import/v1/${encodeURIComponent(format)}/${encodeURIComponent(application)}?${query}`;
      print(
        JSON.stringify(await connect(command).send('PUT', path, platformFilesType, fileLines(files)), undefined, 2),
      );
    });
}

/** How much of a file is read and sent at once. */
const pieceBytes = 1024 * 1024;

async function* fileLines(files: readonly string[]): AsyncGenerator<Buffer> {
  const progress = createProgress();
  for (const [index, name] of files.entries()) {
    let sent = 0;
    const pieces = decodeUtf8(`\`${name}\``, createReadStream(name, { highWaterMark: pieceBytes }));
    for await (const line of linesOfFile(name, pieces)) {
      sent += line.length;
      progress.tell(`${index + 1} of ${files.length} ${name} ${Math.round(sent / pieceBytes)} MiB`);
      yield Buffer.from(`${line}\n`);
    }
  }
  progress.clear();
}

async function sendFile(client: ApiClient, path: string, file: string, contentType: string): Promise<unknown> {
  const size = await stat(file).catch(() => undefined);
  if (!size?.isFile()) throw new GraphError('INVALID', `\`${file}\` is no file that can be read`);
  const body = createReadStream(file).pipe(progress(size.size));
  return client.send('PUT', path, contentType, body);
}

/** Tells on a terminal how much has been sent, and that the service is at work once all has. */
function progress(total: number): Transform {
  let sent = 0;
  const line = createProgress();
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      sent += chunk.length;
      line.tell(`sent ${Math.round((100 * sent) / total)} %`);
      done(null, chunk);
    },
    flush(done) {
      line.clear();
      if (process.stderr.isTTY) process.stderr.write('sent; the service is importing …\n');
      done();
    },
  });
}
