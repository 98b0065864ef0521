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
      throw new GraphError('INVALID', `${what} is no UTF-8 ${placeOf(chunk)}; convert it`, {}, { cause: error });
    }
  }
  function placeOf(chunk: Uint8Array | undefined): string {
    return chunk === undefined ? 'at its end' : `near byte ${bytes + intactBytes(chunk)}`;
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

/** How many bytes come before the first that cannot be decoded, or is the rest of a character that began before. */
function intactBytes(chunk: Uint8Array): number {
  const [intact = ''] = new TextDecoder().decode(chunk).split('\ufffd', 1);
  return Buffer.byteLength(intact);
}

function isUtf16([first, second]: Uint8Array): boolean {
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
}
