import { afterAll } from '@jest/globals';

type End = () => void | Promise<void>;
const notEnded = new Set<End>();

// Of the file that imports this; hooks run in the order in which they are defined, so this one before the file's own.
afterAll(async () => {
  for (const end of [...notEnded].reverse()) await end();
});

/**
 * What ends something that a test has started: whoever asks first has it done, and after the file's last test it is done
 * unasked. So a test that fails before it comes to its end leaves nothing that would keep Jest running for ever.
 */
export function endsOnce(end: End): () => Promise<void> {
  let ending: Promise<void> | undefined;
  const once = () => {
    notEnded.delete(once);
    ending ??= Promise.resolve(end());
    return ending;
  };
  notEnded.add(once);
  return once;
}
