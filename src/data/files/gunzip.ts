import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { FormatError, GanAugmentError } from '../../errors.js';

/** The bytes, decompressed if they are of gzip, as their first two show. */
export async function* maybeGunzip(
  chunks: AsyncIterable<Uint8Array>,
  name: string,
): AsyncGenerator<Uint8Array, void, undefined> {
  const iterator = chunks[Symbol.asyncIterator]();
  const held: Uint8Array[] = [];
  try {
    while (held.reduce((sum, { length }) => sum + length, 0) < 2) {
      const step = await iterator.next();
      if (step.done) break;
      held.push(step.value);
    }
    const rest = resume(held, iterator);
    const [first, second] = Buffer.concat(held.map((chunk) => chunk.subarray(0, 2)));
    if (first === 0x1f && second === 0x8b) yield* gunzip(rest, name);
    else yield* rest;
  } finally {
    await iterator.return?.();
  }
}

async function* resume(held: readonly Uint8Array[], iterator: AsyncIterator<Uint8Array>) {
  yield* held;
  for (let step = await iterator.next(); !step.done; step = await iterator.next()) yield step.value;
}

/**
 * Decompresses gzip, of several members too, and zeros that fill it up.
 *
 * @throws FormatError if it is damaged, or followed by other bytes.
 */
export async function* gunzip(
  chunks: AsyncIterable<Uint8Array>,
  name: string,
): AsyncGenerator<Uint8Array, void, undefined> {
  const iterator = chunks[Symbol.asyncIterator]();
  const seen = { bytes: 0, zerosAtEnd: 0 };
  const counted = countBytes(iterator, seen);
  const inflate = createGunzip();
  // What goes wrong surfaces in the iteration below.
  const bytes = pipeline(Readable.from(counted), inflate, () => {});
  try {
    yield* bytes as AsyncIterable<Uint8Array>;
    // zlib takes a zero for the end of it all, and does not look at what comes behind.
    for await (const _ of countBytes(iterator, seen)) if (isFollowed()) break;
    if (isFollowed()) throw new Error('after its end other bytes follow');
  } catch (cause) {
    if (GanAugmentError.isInstance(cause)) throw cause;
    throw new FormatError(
      `file cannot be decompressed: ${name} (${(cause as Error).message}). Copy it again`,
      { cause },
    );
  } finally {
    await iterator.return?.();
  }

  function isFollowed(): boolean {
    return seen.bytes - seen.zerosAtEnd > inflate.bytesWritten;
  }
}

/** Counts the bytes that pass; leaves the iterator open when it is left. */
async function* countBytes(
  iterator: AsyncIterator<Uint8Array>,
  seen: { bytes: number; zerosAtEnd: number },
) {
  for (let step = await iterator.next(); !step.done; step = await iterator.next()) {
    const chunk = step.value;
    const end = chunk.findLastIndex((byte) => byte !== 0) + 1;
    const zeros = chunk.length - end;
    seen.zerosAtEnd = end === 0 ? seen.zerosAtEnd + zeros : zeros;
    seen.bytes += chunk.length;
    yield chunk;
  }
}
