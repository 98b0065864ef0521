/** What of a line has a place of its own in the text. */
const placed: ReadonlySet<string> = new Set(['level', 'time', 'msg', 'pid', 'hostname', 'reqId', 'err']);

/**
 * A log for people: each JSON line as `14:03:07 INFO  answered method=GET path=/readyz status=200 ms=3`, an error's stack below
 * it. What is no such line is passed on as it is.
 */
export function createLogText(write: (text: string) => void): { write(line: string): void } {
  return {
    write(line) {
      const entry = parseEntry(line);
      write(entry === undefined ? line : textOf(entry));
    },
  };
}

type Entry = Readonly<Record<string, unknown>>;

function parseEntry(line: string): Entry | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? (value as Entry) : undefined;
  } catch {
    return undefined;
  }
}

function textOf(entry: Entry): string {
  const { level, time, msg, err } = entry;
  const clock = new Date(String(time)).toTimeString().slice(0, 8);
  const fields = Object.entries(entry)
    .filter(([name]) => !placed.has(name))
    .map(([name, value]) => `${name}=${isPlain(value) ? value : JSON.stringify(value)}`);
  const head = [clock, String(level).toUpperCase().padEnd(5), String(msg ?? ''), ...fields].join(' ');
  return `${head}\n${stackOf(err)}`;
}

/** Text that can forge neither a field nor a line. */
const isPlain = (value: unknown): value is string => typeof value === 'string' && /^[\w./:@*-]+$/.test(value);

function stackOf(error: unknown): string {
  const { stack, message } = (error ?? {}) as { readonly stack?: unknown; readonly message?: unknown };
  const text = stack ?? message;
  return text === undefined ? '' : `${String(text).replace(/^/gm, '         ')}\n`;
}
