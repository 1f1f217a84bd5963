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

/** Decompresses gzip. @throws FormatError if it is damaged. */
export async function* gunzip(
  chunks: AsyncIterable<Uint8Array>,
  name: string,
): AsyncGenerator<Uint8Array, void, undefined> {
  // What goes wrong surfaces in the iteration below.
  const bytes = pipeline(Readable.from(chunks), createGunzip(), () => {});
  try {
    yield* bytes as AsyncIterable<Uint8Array>;
  } catch (cause) {
    if (GanAugmentError.isInstance(cause)) throw cause;
    throw new FormatError(
      `file cannot be decompressed: ${name} (${(cause as Error).message}). Copy it again`,
      { cause },
    );
  }
}
