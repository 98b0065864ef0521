import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable, Transform } from 'node:stream';
import type { Command } from 'commander';
import { GraphError } from '../kernel/errors.js';
import type { ApiClient } from './api-client.js';

type Connect = (command: Command) => ApiClient;
type Print = (line: string) => void;

/** Documents, sent to a running service. */
export function addImportCommands(program: Command, connect: Connect, print: Print): void {
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
      const [tenant = '', slug = ''] = source.split('/').map(encodeURIComponent);
      const path = `/snapshot/v1/${tenant}/${slug}`;
      print(JSON.stringify(await sendFile(connect(command), path, file, 'application/x-ndjson'), undefined, 2));
    });
}

async function sendFile(client: ApiClient, path: string, file: string, contentType: string): Promise<unknown> {
  const size = await stat(file).catch(() => undefined);
  if (!size?.isFile()) throw new GraphError('INVALID', `\`${file}\` is no file that can be read`);
  const body = createReadStream(file).pipe(progress(size.size));
  return client.send('PUT', path, contentType, Readable.toWeb(body) as ReadableStream<Uint8Array>);
}

/** Tells on a terminal how much has been sent, and that the service is at work once all has. */
function progress(total: number): Transform {
  let sent = 0;
  const tell = (text: string) => void (process.stderr.isTTY && process.stderr.write(`\r\u001b[K${text}`));
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      sent += chunk.length;
      tell(`sent ${Math.round((100 * sent) / total)} %`);
      done(null, chunk);
    },
    flush(done) {
      tell('sent; the service is importing …\n');
      done();
    },
  });
}
