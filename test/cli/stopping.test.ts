import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createTemporaryFolder, startCommand, startNpm, type TemporaryFolder } from './running-service.js';

let folder: TemporaryFolder;
beforeEach(() => {
  folder = createTemporaryFolder();
});
afterEach(() => folder.remove());

const environment = (more: Readonly<Record<string, string>> = {}) => ({
  DATA_DIR: `${folder.path}/data`,
  PORT: '0',
  LOG_LEVEL: 'warn',
  ADMIN_TOKEN: 'an-administrator-token-of-the-tests',
  ...more,
});
const url = /serves at http:\/\/127\.0\.0\.1:(\d+)/;

describe('a service that is told to stop', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('ends well on %s, also where it comes twice at once', async (signal) => {
    const service = startCommand(['serve'], environment());
    await service.printed(url);
    service.child.kill(signal);
    service.child.kill(signal);
    const ended = await service.ended;
    expect(ended).toMatchObject({ code: 0, err: '' });
    expect(ended.out).not.toContain(environment().ADMIN_TOKEN);
  });

  it('does not wait for ever for a request that never ends', async () => {
    const service = startCommand(['serve'], environment({ STOP_GRACE_MS: '300' }));
    const port = Number((await service.printed(url))[1]);
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    socket.write(
      `PUT /catalog/v1/crm HTTP/1.1\r\nhost: x\r\nauthorization: ${environment().ADMIN_TOKEN}\r\ncontent-length: 1000\r\n\r\n{`,
    );
    socket.on('error', () => {});
    await new Promise((done) => setTimeout(done, 200));
    service.child.kill('SIGTERM');
    expect(await service.ended).toMatchObject({ code: 0, err: '' });
    socket.destroy();
  });

  it('ends well where it is npm that is told', async () => {
    const npm = startNpm('start', environment());
    const port = Number((await npm.printed(url))[1]);
    npm.child.kill('SIGTERM');
    expect((await npm.ended).code).toBe(0);
    await expect(fetch(`http://127.0.0.1:${port}/healthz`)).rejects.toThrow('fetch failed');
  });

  it('gives up a sample that it is loading, and loads it anew the next time', async () => {
    const own = environment({ DATA_DIR: `${folder.path}/demo` });
    const first = startCommand(['demo'], own);
    await first.told(/pushes \d+ users/);
    first.child.kill('SIGTERM');
    const ended = await first.ended;
    expect([ended.code, ended.out]).toEqual([0, '']);
    const second = startCommand(['demo'], own);
    await second.told(/pushes \d+ users/);
    second.child.kill('SIGTERM');
    expect((await second.ended).code).toBe(0);
  }, 180_000);
});
