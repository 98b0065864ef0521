import { checkText } from '../../graph/text.js';
import { dayOf, firstInstant } from '../side-checks.js';
import type { SideStore } from '../side-store.js';
import type { Database, Row } from './driver.js';
import { createFactReader } from './side-facts.js';
import { allAfter, toCredential, toFinding, toUsage } from './side-rows.js';
import * as sql from './side-statements.js';

type Reads =
  | 'findCredential'
  | 'listCredentials'
  | 'usageOf'
  | 'lastAuthentication'
  | 'healthOf'
  | 'findings'
  | 'samples'
  | 'facts';

/** The reads of `SideStore`, over one connection. */
export function createSideReader(database: Database): Pick<SideStore, Reads> {
  const prepare = (text: string) => database.prepare(text);
  const credentials = { byHash: prepare(sql.credentialByHash), all: prepare(sql.allCredentials) };
  const credentialsOfSubject = prepare(sql.credentialsOfSubject);
  const [usageOf, authenticationOf] = [prepare(sql.usageOfIdentity), prepare(sql.authenticationOf)];
  const [healthOf, lastWriteOf] = [prepare(sql.healthOf), prepare(sql.lastWriteOf)];
  const findings = { all: prepare(sql.findingsAfter), ofTenant: prepare(sql.findingsOfTenant) };
  const samplesOf = prepare(sql.samplesOf);

  return {
    async findCredential(hash) {
      checkText(hash, 'the hash');
      const row = credentials.byHash.get(hash) as Row | undefined;
      return row && toCredential(row);
    },
    async listCredentials(subject) {
      const paging = { first: [firstInstant, ''], keyOf: (row: Row) => [row.created_at!, row.id!] };
      const rows =
        subject === undefined
          ? allAfter(credentials.all, paging)
          : allAfter(credentialsOfSubject, { ...paging, fixed: [subject] });
      return (await rows).map(toCredential);
    },
    async usageOf(identities) {
      return identities.flatMap((identity) => (usageOf.all(identity) as Row[]).map(toUsage));
    },
    async lastAuthentication(identities) {
      return identities.map((identity) => authenticationOf.get(identity)?.at as number | undefined);
    },
    async healthOf(source, since) {
      const rows = healthOf.all(source, dayOf(since)) as Row[];
      const counts = Object.fromEntries(rows.map((row) => [row.counter as string, row.count as number]));
      const lastWriteAt = lastWriteOf.get(source)?.at as number | undefined;
      return lastWriteAt === undefined ? { counts } : { counts, lastWriteAt };
    },
    async findings(tenant) {
      const paging = { first: [''], keyOf: (row: Row) => [row.fingerprint!] };
      const rows =
        tenant === undefined
          ? allAfter(findings.all, paging)
          : allAfter(findings.ofTenant, { ...paging, fixed: [tenant] });
      return (await rows).map(toFinding);
    },
    async samples(series, from, to) {
      checkText(series, 'the series');
      const paging = { fixed: [series, to], first: [from - 1], keyOf: (row: Row) => [row.at!] };
      const rows = await allAfter(samplesOf, paging);
      return rows.map((row) => ({ at: row.at as number, values: JSON.parse(row.doc as string) }));
    },
    facts: createFactReader(database),
  };
}
