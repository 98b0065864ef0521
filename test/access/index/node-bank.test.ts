import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createNodeBank } from '../../../src/access/index/node-bank.js';
import { asNodeId } from '../../../src/graph/ids.js';

const ids = fc
  .uniqueArray(fc.stringMatching(/^[A-Za-z0-9_.:-]{1,12}$/), { minLength: 2, maxLength: 20 })
  .map((texts) => texts.map(asNodeId));

describe('the nodes of the index', () => {
  it('are ordered by the numbers of their first characters as by their ids, also when they are renumbered', () => {
    fc.assert(
      fc.property(ids, (named) => {
        const bank = createNodeBank();
        for (const id of named) bank.intern(id, 'Identity');
        bank.renumber(Uint32Array.from(named.keys()).reverse());
        const numbers = named.map((id) => bank.find(id));
        const byNumber = numbers.toSorted(
          (a, b) => bank.idPrefixes[a]! - bank.idPrefixes[b]! || (bank.ids[a]! < bank.ids[b]! ? -1 : 1),
        );
        expect(byNumber.map((node) => bank.ids[node])).toEqual(named.toSorted());
      }),
    );
  });
});
