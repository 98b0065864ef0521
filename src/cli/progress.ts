/** One line of a terminal that says how far long work is. Where standard error is no terminal, nothing is written. */
export interface Progress {
  /** Replaces what it said before; most of what comes faster than ten times a second is left out. */
  tell(text: string): void;
  /** Leaves the line empty. */
  clear(): void;
}

const leastIntervalMs = 100;

export function createProgress(stream: NodeJS.WriteStream = process.stderr): Progress {
  let told = 0;
  const replace = (text: string) => void (stream.isTTY && stream.write(`\r\u001b[K${text}`));
  return {
    tell(text) {
      if (performance.now() - told < leastIntervalMs) return;
      told = performance.now();
      replace(text);
    },
    clear: () => replace(''),
  };
}

export const megabytes = (bytes: number): string => `${(bytes / 1_000_000).toFixed(1)} MB`;
