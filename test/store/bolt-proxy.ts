import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { endsOnce } from '../ends-once.js';

/** What stands between a client and a Neo4j, and can fail in ways in which a network does. */
export interface BoltProxy {
  /** The address to give to the client. */
  readonly uri: string;
  /** Lets the next COMMIT through, swallows what the server says to it, and cuts the connection. */
  swallowNextCommitReply(): void;
  /** How many replies were swallowed. */
  swallowed(): number;
  /** How many COMMITs were sent through it. */
  commits(): number;
  /** From now on nothing passes, either way, and nobody is told; `pass` lets all through that came meanwhile. */
  hang(): void;
  pass(): void;
  close(): Promise<void>;
}

/** COMMIT as Bolt sends it: a chunk of two bytes, the structure 0x12 without fields, and the end of the message. */
const commitMessage = Buffer.from('0002b0120000', 'hex');

export async function startBoltProxy(serverUri: string): Promise<BoltProxy> {
  const { hostname, port } = new URL(serverUri);
  const sockets = new Set<Socket>();
  let [armed, hanging, swallowed, commits] = [false, false, 0, 0];

  const proxy = createServer((client) => {
    const server = connect(Number(port), hostname);
    let swallowing = false;
    for (const socket of [client, server]) {
      sockets.add(socket);
      if (hanging) socket.pause();
      socket.on('error', () => {});
      socket.once('close', () => {
        sockets.delete(socket);
        client.destroy();
        server.destroy();
      });
    }
    client.on('data', (bytes) => {
      const isCommit = bytes.includes(commitMessage);
      if (isCommit) commits += 1;
      if (armed && isCommit) {
        armed = false;
        swallowing = true;
      }
      server.write(bytes);
    });
    server.on('data', (bytes) => {
      if (!swallowing) return client.write(bytes);
      swallowed += 1;
      return client.destroy();
    });
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const address = proxy.address() as { readonly port: number };

  return {
    uri: `bolt://127.0.0.1:${address.port}`,
    swallowNextCommitReply() {
      armed = true;
    },
    swallowed: () => swallowed,
    commits: () => commits,
    hang() {
      hanging = true;
      for (const socket of sockets) socket.pause();
    },
    pass() {
      hanging = false;
      for (const socket of sockets) socket.resume();
    },
    close: endsOnce(async () => {
      for (const socket of sockets) socket.destroy();
      proxy.close();
      await once(proxy, 'close');
    }),
  };
}
