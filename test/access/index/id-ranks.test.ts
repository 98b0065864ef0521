import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createIdRanks } from '../../../src/access/index/id-ranks.js';
import { asNodeId } from '../../../src/graph/ids.js';

const anyIds = fc
  .uniqueArray(fc.string({ minLength: 1, maxLength: 3, unit: fc.constantFrom('a', 'b', '-', 'Z', '0') }), {
    maxLength: 40,
  })
  .map((names) => names.map(asNodeId));

it('ids that come later are ranked among those that are there, as if all were sorted at once', () => {
  fc.assert(
    fc.property(anyIds, fc.nat(40), fc.nat(40), (ids, first, second) => {
      const ranks = createIdRanks();
      for (const known of [ids.slice(0, first), ids.slice(0, first + second), ids]) {
        const sorted = [...known].sort((a, b) => (a < b ? -1 : 1));
        expect([...ranks.of(known)]).toEqual(known.map((id) => sorted.indexOf(id)));
      }
    }),
  );
});

it('one more id among many costs no comparison of the others', () => {
  let compared = 0;
  const ids = Array.from({ length: 20_000 }, (_, i) => asNodeId(`id-${(i * 7919) % 20_000}`));
  const counting = new Proxy(ids, {
    get(target, key) {
      if (typeof key === 'string' && /^\d+$/.test(key)) compared++;
      return Reflect.get(target, key);
    },
  });
  const ranks = createIdRanks();
  ranks.of(counting);
  ids.push(asNodeId('id-5-more'));
  compared = 0;
  ranks.of(counting);
  expect(compared).toBeLessThan(100);
});
