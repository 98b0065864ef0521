import { describe, expect, it } from '@jest/globals';
import { createLogText } from '../../src/http/log-text.js';

const textOf = (line: string): string => {
  let text = '';
  createLogText((piece) => {
    text += piece;
  }).write(line);
  return text;
};

describe('the log for people', () => {
  it('says when, how grave, what, and the fields', () => {
    const line = {
      level: 'info',
      time: '2026-11-24T08:00:07.512Z',
      pid: 1,
      hostname: 'h',
      reqId: 'r',
      msg: 'answered',
    };
    expect(textOf(JSON.stringify({ ...line, method: 'GET', status: 200, of: { a: 1 } }))).toMatch(
      /^\d\d:\d\d:07 INFO {2}answered method=GET status=200 of=\{"a":1\}\n$/,
    );
  });

  it('shows the stack of an error below it', () => {
    const err = { type: 'Error', message: 'no', stack: 'Error: no\n    at here' };
    expect(textOf(JSON.stringify({ level: 'error', time: 0, msg: 'the request failed', err }))).toMatch(
      /ERROR the request failed\n {9}Error: no\n {13}at here\n$/,
    );
  });

  it('lets no value begin a line of its own', () => {
    expect(textOf(JSON.stringify({ level: 'info', time: 0, msg: 'm', caller: 'a\nb=1' }))).toMatch(
      / INFO {2}m caller="a\\nb=1"\n$/,
    );
  });

  it('passes on what is no entry', () => {
    expect(textOf('hello\n')).toBe('hello\n');
  });
});
