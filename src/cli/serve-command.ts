import type { Command } from 'commander';
import { type Service, startService } from '../compose.js';
import { readConfig } from '../kernel/config.js';

export function addServeCommand(program: Command, print: (line: string) => void): void {
  program
    .command('serve')
    .description('serve the API on the store in DATA_DIR until SIGTERM or SIGINT')
    .action(async () => {
      const service = await startService(readConfig());
      print(`identity-graph serves at ${service.url} (GraphiQL: ${service.url}/graphiql)`);
      if (service.administratorToken !== undefined)
        print(`administrator token, shown at the first start only: ${service.administratorToken}`);
      await untilStopped(service);
    });
}

/** Resolves when a signal has come and everything is closed. A second signal ends the process at once. */
export async function untilStopped(service: Service): Promise<void> {
  await new Promise<void>((resolve) => {
    process.once('SIGTERM', () => resolve());
    process.once('SIGINT', () => resolve());
  });
  await service.close();
}
