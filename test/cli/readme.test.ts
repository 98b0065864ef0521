import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { demoAnswer, demoQuery } from '../../src/cli/demo-query.js';
import { configTable } from '../../src/kernel/config.js';
import { runCommand } from './running-service.js';

const readme = readFileSync('README.md', 'utf8');
const pages = ['README.md', ...readdirSync('docs', { recursive: true, encoding: 'utf8' }).map((file) => `docs/${file}`)]
  .filter((file) => file.endsWith('.md'))
  .map((file) => ({ file, text: readFileSync(file, 'utf8') }));
const onOneLine = (text: string) => text.replace(/\s+/g, ' ');

describe('the pages', () => {
  it('show the first query with the answer that it has', () => {
    expect(onOneLine(readme)).toContain(onOneLine(demoQuery));
    const [item] = demoAnswer.inheritancePaths.items;
    expect(onOneLine(readme)).toContain(onOneLine(item?.text ?? '-'));
    const { from, to } = item?.bringingEdge ?? { from: { label: '-' }, to: { label: '-' } };
    expect(readme).toContain(`${from.label} → ${to.label}`);
  });

  it('show commands that there are, with options that they take', async () => {
    const lines = pages.flatMap(({ text }) =>
      [...text.matchAll(/^ *identity-graph ([a-z].*)$/gm)].map((match) => match[1]),
    );
    const written = [...new Set(lines.map((line) => (line ?? '').replace(/ {2,}#.*$/, '').replace(/'[^']*'?/g, '…')))];
    expect(written.length).toBeGreaterThan(8);
    await Promise.all(
      written.map(async (line) => {
        const words = line.split(' ');
        const group = ['tenant', 'source', 'application', 'token', 'put'].includes(words[0] ?? '') ? 2 : 1;
        const { code, out } = await runCommand([...words.slice(0, group), '--help']);
        expect([line, code]).toEqual([line, 0]);
        expect(out).toContain(`identity-graph ${words.slice(0, group).join(' ')}`);
        for (const option of line.match(/--[a-z-]+/g) ?? [])
          expect([line, out]).toEqual([line, expect.stringContaining(option)]);
      }),
    );
  });

  it('lead to files that there are', () => {
    const lost = pages.flatMap(({ file, text }) =>
      [...text.matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)]
        .map((match) => new URL(match[1] as string, `file:///${file}`).pathname.slice(1))
        .filter((path) => !exists(path))
        .map((path) => `${file}: ${path}`),
    );
    expect(lost).toEqual([]);
  });

  it('name variables of the environment that there are', () => {
    const known = configTable();
    const named = [
      ...new Set(
        pages.flatMap(
          ({ text }) =>
            text.match(/\b[A-Z]+(?:_[A-Z]+)*_(?:URL|DIR|TOKEN|KEY|MS|BYTES|SECONDS|FORMAT|LEVEL|PROXY|URI)\b/g) ?? [],
        ),
      ),
    ];
    const ofCommands = ['IDENTITY_GRAPH_URL', 'IDENTITY_GRAPH_TOKEN'];
    expect(named.filter((name) => !known.includes(name) && !ofCommands.includes(name))).toEqual([]);
  });
});

function exists(path: string): boolean {
  try {
    readdirSync(path);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOTDIR';
  }
}
