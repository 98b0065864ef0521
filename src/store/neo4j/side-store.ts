import { canonicalJson } from '../../graph/canonical.js';
import { checkText } from '../../graph/text.js';
import { checkKeys, dayOf, takenToken } from '../side-checks.js';
import type { Credential, SideStore } from '../side-store.js';
import type { Connection } from './driver.js';
import { isTaken } from './driver-errors.js';
import {
  allOf,
  credentialKey,
  FACTS,
  healthKey,
  keyOf,
  keysUnder,
  pagesOf,
  sampleKey,
  toCredential,
  toFinding,
  toUsage,
} from './side-rows.js';
import * as statements from './side-statements.js';

/** Rows that one statement takes at most. */
const maxRows = 5_000;

/** `SideStore` on nodes of their own labels, which no relationship joins to the graph. Writes take no lock of the graph's. */
export function createSideStore(connection: Connection): Omit<SideStore, 'until'> {
  async function writeRows<Row extends object>(statement: string, rows: readonly Row[]): Promise<void> {
    for (let first = 0; first < rows.length; first += maxRows)
      await connection.run(statement, { rows: rows.slice(first, first + maxRows) as never });
  }

  async function putCredential({ lastUsedAt, ...credential }: Credential): Promise<void> {
    const { id, hash, subject = '', createdAt } = credential;
    const key = credentialKey(credential);
    const properties = {
      id,
      hash,
      subject,
      createdAt,
      lastUsedAt: lastUsedAt ?? null,
      key,
      doc: canonicalJson(credential),
    };
    await connection.transact(async (transaction) => {
      const [other] = await transaction.run(statements.otherWithHash, { hash, id });
      if (other) throw takenToken();
      await transaction.run(statements.putCredential, { id, properties });
    });
  }

  return {
    async putCredential(credential) {
      checkKeys(credential.id, credential.hash, credential.subject);
      try {
        await putCredential(credential);
      } catch (error) {
        // Somebody else took the hash between the question and the commit.
        throw isTaken(error) ? takenToken() : error;
      }
    },
    async findCredential(hash) {
      checkText(hash, 'the hash');
      const [row] = await connection.read(statements.credentialByHash, { hash });
      return row && toCredential(row.node as never);
    },
    async listCredentials(subject) {
      const { pageAfter, credentialsOfSubject } = statements;
      const pages =
        subject === undefined
          ? pagesOf(connection, pageAfter.Credential)
          : pagesOf(connection, credentialsOfSubject, { of: subject });
      return (await allOf(pages)).map(toCredential);
    },
    async removeCredential(id) {
      checkKeys(id);
      await connection.run(statements.removeCredential, { id });
    },
    async touchCredential(id, at) {
      checkKeys(id);
      await connection.run(statements.touchCredential, { id, at });
    },

    async recordUsage(rows) {
      for (const { identity, permission } of rows) checkKeys(identity, permission);
      const toRow = (row: (typeof rows)[number]) => ({ ...row, key: keyOf(row.identity, row.permission) });
      await writeRows(statements.recordUsage, rows.map(toRow));
    },
    async usageOf(identities) {
      const prefixes = identities.map((identity) => keysUnder(identity).first);
      const rows = await connection.read(statements.usageOf, { prefixes });
      return rows.map(({ node }) => toUsage(node as never));
    },
    async recordAuthentication(rows) {
      checkKeys(...rows.map(({ identity }) => identity));
      const toRow = ({ identity, at }: (typeof rows)[number]) => ({ key: identity, at });
      await writeRows(statements.recordAuthentication, rows.map(toRow));
    },
    async lastAuthentication(identities) {
      const slots: (number | undefined)[] = identities.map(() => undefined);
      const rows = await connection.read(statements.authenticationsOf, { keys: identities });
      for (const { index, at } of rows) slots[index as number] = at as number;
      return slots;
    },

    async addHealth(source, at, counts, lastWriteAt) {
      checkKeys(source, ...Object.keys(counts));
      const day = dayOf(at);
      const toRow = ([counter, count]: [string, number]) => ({
        ...{ source, day, counter, count },
        key: healthKey(source, day, counter),
      });
      const rows = Object.entries(counts).map(toRow);
      await connection.transact(async (transaction) => {
        await transaction.run(statements.addHealth, { rows });
        if (lastWriteAt !== undefined)
          await transaction.run(statements.moveLastWrite, { rows: [{ key: source, at: lastWriteAt }] });
      });
    },
    async healthOf(source, since) {
      const { before } = keysUnder(source);
      const first = healthKey(source, dayOf(since), '');
      const rows = await connection.read(statements.healthBetween, { first, before });
      const counts = Object.fromEntries(rows.map(({ counter, count }) => [counter, count])) as Record<string, number>;
      const [last] = await connection.read(statements.lastWriteOf, { keys: [source] });
      return last ? { counts, lastWriteAt: last.at as number } : { counts };
    },

    async putFindings(rows) {
      for (const { fingerprint, tenant } of rows) checkKeys(fingerprint, tenant);
      const toRow = (row: (typeof rows)[number]) => ({
        key: row.fingerprint,
        tenant: row.tenant ?? '',
        doc: canonicalJson(row),
      });
      await writeRows(statements.putFindings, rows.map(toRow));
    },
    async removeFindings(fingerprints) {
      checkKeys(...fingerprints);
      await connection.run(statements.removeFindings, { keys: fingerprints });
    },
    async findings(tenant) {
      const { pageAfter, findingsOfTenant } = statements;
      const pages =
        tenant === undefined
          ? pagesOf(connection, pageAfter.Finding)
          : pagesOf(connection, findingsOfTenant, { of: tenant });
      return (await allOf(pages)).map(toFinding);
    },

    async putSample(series, at, values) {
      checkKeys(series);
      const properties = { key: sampleKey(series, at), series, at, doc: canonicalJson(values) };
      await connection.run(statements.putSample, properties);
    },
    async samples(series, from, to) {
      checkText(series, 'the series');
      const range = { after: sampleKey(series, from - 1), before: sampleKey(series, to) };
      const nodes = await allOf(pagesOf(connection, statements.pageBetween.Sample, range));
      return nodes.map(({ at, doc }) => ({ at: at as number, values: JSON.parse(doc as string) }));
    },
    async dropSamples(before) {
      await connection.run(statements.dropSamples, { before });
    },

    async *facts({ withCredentials }) {
      for (const [kind, { label, toFact }] of Object.entries(FACTS)) {
        if (kind === 'credential' && !withCredentials) continue;
        for await (const nodes of pagesOf(connection, statements.pageAfter[label])) yield nodes.map(toFact);
      }
    },
  };
}
