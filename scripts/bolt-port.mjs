// Ports of loopback, and whether a Neo4j answers at one.

import { connect as connectPlain, createServer } from 'node:net';
import { connect as connectEncrypted } from 'node:tls';

const startTimeoutMs = 240_000;

/** Ports that nothing listens on now. */
export async function freePorts(count) {
  const servers = await Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise((resolve, reject) => {
          const server = createServer().once('error', reject);
          server.listen(0, '127.0.0.1', () => resolve(server));
        }),
    ),
  );
  const ports = servers.map((server) => server.address().port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

/**
 * Until the server agrees on a version of Bolt, its protocol, and no longer than `isOver` is false.
 * @returns {Promise<boolean>} whether it did
 */
export async function untilAnswers(port, isOver = () => false, encrypted = false) {
  const deadline = Date.now() + startTimeoutMs;
  while (Date.now() < deadline && !isOver()) {
    if (await answersBolt(port, encrypted)) return true;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return false;
}

function answersBolt(port, encrypted) {
  // The preamble, then the versions that are offered: 5.0 to 5.8, 4.4, none, none.
  const handshake = Buffer.from('6060b017' + '00080805' + '00000404' + '00000000' + '00000000', 'hex');
  return new Promise((resolve) => {
    const address = { port, host: '127.0.0.1' };
    const write = () => socket.write(handshake);
    const socket = encrypted
      ? connectEncrypted({ ...address, rejectUnauthorized: false }, write)
      : connectPlain(address, write);
    socket.setTimeout(1_000);
    const answer = (found) => {
      socket.destroy();
      resolve(found);
    };
    socket.once('data', () => answer(true));
    for (const event of ['error', 'timeout', 'end']) socket.once(event, () => answer(false));
  });
}
