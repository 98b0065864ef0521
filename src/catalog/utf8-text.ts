import { GraphError } from '../kernel/errors.js';

/**
 * Decodes a stream of UTF-8, without its byte order mark. `what`: as the error names it.
 * @throws GraphError INVALID where it is none
 */
export async function* decodeUtf8(what: string, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let bytes = 0;
  function decode(chunk?: Uint8Array): string {
    try {
      return decoder.decode(chunk, { stream: chunk !== undefined });
    } catch (error) {
      throw new GraphError('INVALID', `${what} is no UTF-8 behind its byte ${bytes}; convert it`, {}, { cause: error });
    }
  }
  for await (const chunk of chunks) {
    if (bytes === 0 && isUtf16(chunk))
      throw new GraphError('INVALID', `${what} is UTF-16, as \`>\` of Windows PowerShell writes; convert it to UTF-8`);
    const text = decode(chunk);
    bytes += chunk.length;
    if (text !== '') yield text;
  }
  const rest = decode();
  if (rest !== '') yield rest;
}

function isUtf16([first, second]: Uint8Array): boolean {
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
}
