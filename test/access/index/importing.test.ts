import { describe, expect, it } from '@jest/globals';
import type { AccessEngine } from '../../../src/access/access-engine.js';
import { createManualClock } from '../../../src/kernel/clock.js';
import { caseInstant } from '../../corpus/access-case.js';
import { defaultApplication, idOfName } from '../../estate/estate-names.js';
import { estateChanges } from '../../estate/estate-text.js';
import { createMemoryLog } from '../../estate/memory-log.js';
import { makeIndexEngine } from './make-index-engine.js';

const estate = `usr:a in group:g has role:r@/ grants perm:p
                usr:a in group:empty
                usr:b has role:r@/`;

/** The estate with a node that is being imported in parts. */
async function importing(name: string): Promise<AccessEngine> {
  const id = idOfName(name);
  const changes = estateChanges(estate).map((change) =>
    change.kind === 'putNode' && change.node.id === id
      ? { ...change, node: { ...change.node, changing: 'catalogue 7 1' } as typeof change.node }
      : change,
  );
  return makeIndexEngine(createMemoryLog(changes), createManualClock(caseInstant));
}

async function reasonsOf(engine: AccessEngine, name: string) {
  const identity = idOfName(name);
  const about = { identity, permission: idOfName('perm:p') };
  const [listing, decision, paths, whyNot, summary] = await Promise.all([
    engine.effectivePermissions({ identity, first: 10 }),
    engine.decide({ ...about, resource: idOfName('/') }),
    engine.inheritancePaths({ ...about, first: 10 }),
    engine.whyNot({ ...about, resource: idOfName('/') }),
    engine.summary({ identity }),
  ]);
  return { listing, decision, paths, whyNot, summary };
}

describe('while an import is committed in parts', () => {
  it.each(['group:g', 'group:empty'])(
    'answers about who is in %s say so, whether or not it leads to anything yet',
    async (group) => {
      const engine = await importing(group);
      for (const [what, { completeness }] of Object.entries(await reasonsOf(engine, 'usr:a')))
        expect({ what, ...completeness }).toMatchObject({ what, complete: false, reasons: ['IMPORTING'] });
      for (const [what, { completeness }] of Object.entries(await reasonsOf(engine, 'usr:b')))
        expect({ what, ...completeness }).toMatchObject({ what, complete: true, reasons: [] });
      const who = await engine.whoCan({ permission: idOfName('perm:p'), first: 10 });
      expect(who.completeness).toMatchObject({ complete: false, reasons: ['IMPORTING'] });
      await engine.close();
    },
  );

  it('answers about who has a role of the application say so', async () => {
    const engine = await importing(defaultApplication);
    for (const name of ['usr:a', 'usr:b'])
      for (const [what, { completeness }] of Object.entries(await reasonsOf(engine, name)))
        expect({ what, ...completeness }).toMatchObject({ what, complete: false, reasons: ['IMPORTING'] });
    await engine.close();
  });
});
