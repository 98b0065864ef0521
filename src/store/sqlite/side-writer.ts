import { canonicalJson } from '../../graph/canonical.js';
import type { NodeId } from '../../graph/ids.js';
import type { JsonObject } from '../../graph/node.js';
import { assertNever } from '../../kernel/assert.js';
import type { Instant } from '../../kernel/clock.js';
import { takenToken } from '../side-checks.js';
import type { Credential, FindingRecord, Usage } from '../side-store.js';
import type { Database, Row } from './driver.js';
import * as sql from './side-statements.js';

/** The writes of `SideStore`, as the writer's thread receives them. */
export type SideWrite =
  | { readonly kind: 'putCredential'; readonly credential: Credential }
  | { readonly kind: 'removeCredential'; readonly id: string }
  | { readonly kind: 'touchCredential'; readonly id: string; readonly at: Instant }
  | { readonly kind: 'recordUsage'; readonly rows: readonly Usage[] }
  | {
      readonly kind: 'recordAuthentication';
      readonly rows: readonly { readonly identity: NodeId; readonly at: Instant }[];
    }
  | {
      readonly kind: 'addHealth';
      readonly source: NodeId;
      readonly day: Instant;
      readonly counts: Readonly<Record<string, number>>;
      readonly lastWriteAt?: Instant;
    }
  | { readonly kind: 'putFindings'; readonly rows: readonly FindingRecord[] }
  | { readonly kind: 'removeFindings'; readonly fingerprints: readonly string[] }
  | { readonly kind: 'putSample'; readonly series: string; readonly at: Instant; readonly values: JsonObject }
  | { readonly kind: 'dropSamples'; readonly before: Instant };

/** Inside the caller's transaction. */
export function createSideWriter(database: Database): (write: SideWrite) => void {
  const prepare = (text: string) => database.prepare(text);
  const credentials = { put: prepare(sql.putCredential), byHash: prepare(sql.credentialByHash) };
  const credentialById = { remove: prepare(sql.removeCredential), touch: prepare(sql.touchCredential) };
  const [usage, authentication] = [prepare(sql.recordUsage), prepare(sql.recordAuthentication)];
  const [health, lastWrite] = [prepare(sql.addHealth), prepare(sql.moveLastWrite)];
  const findings = { put: prepare(sql.putFinding), remove: prepare(sql.removeFinding) };
  const samples = { put: prepare(sql.putSample), drop: prepare(sql.dropSamples) };

  function putCredential({ lastUsedAt, ...credential }: Credential): void {
    const { id, hash, subject, createdAt } = credential;
    const holder = credentials.byHash.get(hash) as Row | undefined;
    if (holder && holder.id !== id) throw takenToken();
    credentials.put.run(id, hash, subject ?? '', createdAt, lastUsedAt ?? null, canonicalJson(credential));
  }

  return (write) => {
    switch (write.kind) {
      case 'putCredential':
        return putCredential(write.credential);
      case 'removeCredential':
        return void credentialById.remove.run(write.id);
      case 'touchCredential':
        return void credentialById.touch.run(write.id, write.at);
      case 'recordUsage':
        for (const { identity, permission, firstSeen, lastSuccess, lastAttempt } of write.rows)
          usage.run(identity, permission, firstSeen, lastSuccess ?? null, lastAttempt ?? null);
        return;
      case 'recordAuthentication':
        for (const { identity, at } of write.rows) authentication.run(identity, at);
        return;
      case 'addHealth':
        for (const [counter, count] of Object.entries(write.counts))
          health.run(write.source, write.day, counter, count);
        if (write.lastWriteAt !== undefined) lastWrite.run(write.source, write.lastWriteAt);
        return;
      case 'putFindings':
        for (const row of write.rows) findings.put.run(row.fingerprint, row.tenant ?? '', canonicalJson(row));
        return;
      case 'removeFindings':
        for (const fingerprint of write.fingerprints) findings.remove.run(fingerprint);
        return;
      case 'putSample':
        return void samples.put.run(write.series, write.at, canonicalJson(write.values));
      case 'dropSamples':
        return void samples.drop.run(write.before);
      default:
        assertNever(write);
    }
  };
}
