import { checkKeys, dayOf } from '../side-checks.js';
import type { SideStore } from '../side-store.js';
import type { SideWrite } from './side-writer.js';
import type { Writer } from './writer.js';

type Writes =
  | 'putCredential'
  | 'removeCredential'
  | 'touchCredential'
  | 'recordUsage'
  | 'recordAuthentication'
  | 'addHealth'
  | 'putFindings'
  | 'removeFindings'
  | 'putSample'
  | 'dropSamples';

/** The writes of `SideStore`, through the one writer, in the same groups as commits. */
export function createSideWrites(writer: Writer): Pick<SideStore, Writes> {
  async function submit(write: SideWrite): Promise<void> {
    await writer.submit({ kind: 'side', write }, 'side');
  }

  return {
    async putCredential(credential) {
      checkKeys(credential.id, credential.hash, credential.subject);
      await submit({ kind: 'putCredential', credential });
    },
    async removeCredential(id) {
      checkKeys(id);
      await submit({ kind: 'removeCredential', id });
    },
    async touchCredential(id, at) {
      checkKeys(id);
      await submit({ kind: 'touchCredential', id, at });
    },
    async recordUsage(rows) {
      for (const { identity, permission } of rows) checkKeys(identity, permission);
      await submit({ kind: 'recordUsage', rows });
    },
    async recordAuthentication(rows) {
      checkKeys(...rows.map(({ identity }) => identity));
      await submit({ kind: 'recordAuthentication', rows });
    },
    async addHealth(source, at, counts, lastWriteAt) {
      checkKeys(source, ...Object.keys(counts));
      const write = { kind: 'addHealth', source, day: dayOf(at), counts } as const;
      await submit(lastWriteAt === undefined ? write : { ...write, lastWriteAt });
    },
    async putFindings(rows) {
      for (const { fingerprint, tenant } of rows) checkKeys(fingerprint, tenant);
      await submit({ kind: 'putFindings', rows });
    },
    async removeFindings(fingerprints) {
      checkKeys(...fingerprints);
      await submit({ kind: 'removeFindings', fingerprints });
    },
    async putSample(series, at, values) {
      checkKeys(series);
      await submit({ kind: 'putSample', series, at, values });
    },
    async dropSamples(before) {
      await submit({ kind: 'dropSamples', before });
    },
  };
}
