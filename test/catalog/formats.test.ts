import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parseCatalogue } from '../../src/catalog/catalogue-document.js';
import { formatSchemas } from '../../src/catalog/format-schemas.js';
import { createSnapshotReader } from '../../src/catalog/snapshot-reader.js';
import { createSampleCatalogues } from '../../src/sample/catalogues.js';
import { createCompany } from '../../src/sample/company.js';
import { snapshotLines, snapshotSources } from '../../src/sample/snapshots.js';

const read = (name: string) => readFileSync(`docs/formats/${name}`, 'utf8');
/** The first block of that language. */
const exampleIn = (name: string, language: string) =>
  (new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``).exec(read(name))?.[1] ?? '').trim();

describe('docs/formats', () => {
  it.each(Object.entries(formatSchemas()))('has %s as the parser has it', (name, schema) => {
    expect(JSON.parse(read(name))).toEqual(schema);
  });

  it('shows a catalogue that is one', () => {
    const parsed = parseCatalogue(exampleIn('catalogue.md', 'yaml'));
    expect(parsed).toMatchObject({ kind: 'parsed', document: { application: 'crm' } });
    expect(parsed.kind === 'parsed' && parsed.document.roles.map((role) => role.name)).toEqual([
      'viewer',
      'editor',
      'auditor',
      'archivist',
    ]);
  });

  it('shows a snapshot that is one', () => {
    const reader = createSnapshotReader();
    const rows = exampleIn('snapshot.md', 'json')
      .split('\n')
      .map((line) => reader.read(line));
    expect(reader.end()).toMatchObject({ complete: true, issues: [] });
    expect(rows.filter((row) => row !== undefined)).toHaveLength(12);
  });

  it('fits the sample snapshots', () => {
    const company = createCompany(1);
    const frame = { takenAt: '2026-11-24T02:00:00Z', everyone: 'grp.everyone' };
    for (const source of snapshotSources) {
      const reader = createSnapshotReader();
      for (const line of snapshotLines(company, source, frame)) reader.read(JSON.stringify(line));
      expect(reader.end()).toMatchObject({ complete: true, issues: [] });
    }
  });

  it('fits the sample catalogues', () => {
    for (const catalogue of createSampleCatalogues())
      expect(parseCatalogue(JSON.stringify(catalogue))).toMatchObject({ kind: 'parsed' });
  });
});
