import type { Command } from 'commander';
import { readConfig } from '../kernel/config.js';
import { createStopSignal, stopped } from './stop-signal.js';

export function addServeCommand(program: Command, print: (line: string) => void): void {
  program
    .command('serve')
    .description(
      'serve the API on the store in DATA_DIR, or in Neo4j where NEO4J_URI names one, until SIGTERM or SIGINT',
    )
    .action(async () => {
      const stop = createStopSignal();
      const { startService } = await importService();
      const config = readConfig();
      const service = await startService(config, { stop });
      if (service === undefined) return;
      print(`identity-graph serves at ${service.url} (GraphiQL: ${service.url}/graphiql)`);
      void service.administratorToken.then((token) => {
        // One that is given is known to whoever gave it, and is a secret to whoever reads the log.
        if (token !== undefined && config.ADMIN_TOKEN === undefined)
          print(`administrator token, shown at the first start only: ${token}`);
      });
      await stopped(stop);
      await service.close();
    });
}

/** The service and all it needs, loaded only where it is started: other commands answer several times sooner without. */
export const importService = () => import('../compose.js');
