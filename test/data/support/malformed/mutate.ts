import type { OutputFormat } from '../../../../src/data/formats.js';
import type { Random } from '../../../../src/random.js';
import { ipcPlaces } from './ipc-places.js';
import { textMutations } from './mutate-text.js';
import { lieInFooter, lieInPageHeader, pageHeaderPlaces, parquetPlaces } from './parquet-places.js';
import { pickFrom } from './pick.js';

/** Bytes `start` to `end`, `end` not included. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

/** Damaged bytes, and how they were damaged. */
export interface Mutant {
  readonly bytes: Buffer;
  readonly how: string;
}

type Mutation = (bytes: Buffer, random: Random, places: Places) => Buffer | undefined;

interface Places {
  /** Lengths, counts, offsets: what describes the data. */
  readonly described: readonly Place[];
  /** Another file, to take bytes from. */
  readonly other: Buffer;
}

const strange32 = [0, 1, -1, 2, 7, 255, 65536, 2 ** 28, 2 ** 31 - 1, -(2 ** 31), 2 ** 30 + 1];
const strange64 = [0n, 1n, -1n, 2n ** 31n, 2n ** 32n, 2n ** 53n, 2n ** 63n - 1n, -(2n ** 63n)];

const general: Record<string, Mutation> = {
  'flipped bits': (bytes, random, places) => {
    for (let k = random.integer(4); k >= 0; k--) {
      const at = spot(bytes, random, places);
      bytes[at] = (bytes[at] as number) ^ (1 << random.integer(8));
    }
    return bytes;
  },
  'changed bytes': (bytes, random, places) => {
    const at = spot(bytes, random, places);
    for (let k = random.integer(4); k >= 0 && at + k < bytes.length; k--) {
      bytes[at + k] = pickFrom([0, 1, 127, 128, 255, random.integer(256)], random);
    }
    return bytes;
  },
  'cut short': (bytes, random) => bytes.subarray(0, random.integer(bytes.length)),
  'cut in front': (bytes, random) => bytes.subarray(1 + random.integer(bytes.length - 1)),
  'a range removed': (bytes, random) => {
    const { start, end } = range(bytes, random);
    return Buffer.concat([bytes.subarray(0, start), bytes.subarray(end)]);
  },
  'a range doubled': (bytes, random) => {
    const { start, end } = range(bytes, random);
    return Buffer.concat([bytes.subarray(0, end), bytes.subarray(start)]);
  },
  'a range zeroed': (bytes, random) => {
    const { start, end } = range(bytes, random);
    return bytes.fill(0, start, end);
  },
  'a range moved': (bytes, random) => {
    const { start, end } = range(bytes, random);
    bytes.copy(bytes, random.integer(bytes.length), start, end);
    return bytes;
  },
  'bytes of another file': (bytes, random, { other }) => {
    const { start, end } = range(other, random);
    other.copy(bytes, random.integer(bytes.length), start, end);
    return bytes;
  },
  'the end of another file': (bytes, random, { other }) =>
    Buffer.concat([
      bytes.subarray(0, random.integer(bytes.length)),
      other.subarray(random.integer(other.length)),
    ]),
  'a lying 16-bit number': (bytes, random, places) => {
    const at = aligned(bytes, random, places, 2);
    bytes.writeUInt16LE(pickFrom([0, 1, 4, 255, 32768, 65535], random), at);
    return bytes;
  },
  'a lying 32-bit number': (bytes, random, places) => {
    const at = aligned(bytes, random, places, 4);
    const near = bytes.readInt32LE(at) + pickFrom([-8, -1, 1, 8], random);
    bytes.writeInt32LE(pickFrom([...strange32, bytes.length, near | 0], random), at);
    return bytes;
  },
  'a lying 64-bit number': (bytes, random, places) => {
    const at = aligned(bytes, random, places, 8);
    const near = bytes.readBigInt64LE(at) + pickFrom([-8n, -1n, 1n, 8n], random);
    bytes.writeBigInt64LE(BigInt.asIntN(64, pickFrom([...strange64, near], random)), at);
    return bytes;
  },
  'two kinds of damage': (bytes, random, places) =>
    general['flipped bits']?.(bytes, random, places) &&
    general['a lying 32-bit number']?.(bytes, random, places),
};

type Family = 'parquet' | 'arrow' | 'text';

const ofFormat: Record<Family, Record<string, Mutation>> = {
  text: textMutations,
  parquet: {
    'a lying footer length': (bytes, random) => lyingLength(bytes, bytes.length - 8, random),
    'a lying footer': (bytes, random) => lieInFooter(bytes, random),
    'two lies in the footer': (bytes, random) => {
      const once = lieInFooter(bytes, random);
      return once && lieInFooter(once, random);
    },
    'a lying page header': (bytes, random) => lieInPageHeader(bytes, random),
    'a damaged page': (bytes, random) => {
      const places = pageHeaderPlaces(bytes);
      if (places.length === 0) return undefined;
      const { start } = pickFrom(places, random);
      const at = Math.min(start + random.integer(64), bytes.length - 1);
      bytes[at] = random.integer(256);
      return bytes;
    },
  },
  arrow: {
    'a lying length of a message': (bytes, random, { described }) => {
      const { start } = pickFrom(described, random);
      return lyingLength(bytes, Math.max(start - 4, 0), random);
    },
    'a lying footer length': (bytes, random) => lyingLength(bytes, bytes.length - 10, random),
  },
};

/**
 * Damages a copy of a file in one of two dozen ways, that of its format among them.
 *
 * @param other another file, whose bytes may be mixed in.
 */
export function mutate(file: Buffer, format: OutputFormat, other: Buffer, random: Random): Mutant {
  const family = familyOf(format);
  const described = placesOf[family](file);
  const own = Object.entries(ofFormat[family]);
  while (true) {
    // Lies that the format understands are the ones that get far.
    const [how, mutation] = pickFrom(
      random.uniform() < 0.4 ? own : Object.entries(general),
      random,
    );
    const bytes = mutation(Buffer.from(file), random, { described, other });
    if (bytes && !bytes.equals(file)) return { bytes, how };
  }
}

const placesOf: Record<Family, (bytes: Buffer) => Place[]> = {
  parquet: parquetPlaces,
  arrow: ipcPlaces,
  text: () => [],
};

function familyOf(format: OutputFormat): Family {
  if (format === 'parquet') return 'parquet';
  return format === 'csv' || format === 'json-lines' ? 'text' : 'arrow';
}

function lyingLength(bytes: Buffer, at: number, random: Random): Buffer {
  const length = bytes.readInt32LE(at);
  const lies = [...strange32, bytes.length, length - 1, length + 1, length * 2, length >> 1];
  bytes.writeInt32LE(pickFrom(lies, random) | 0, at);
  return bytes;
}

/** A place in what describes the data, mostly; else anywhere. */
function spot(bytes: Buffer, random: Random, { described }: Places): number {
  if (described.length === 0 || random.uniform() < 0.3) return random.integer(bytes.length);
  const { start, end } = pickFrom(described, random);
  return Math.min(start + random.integer(Math.max(end - start, 1)), bytes.length - 1);
}

function aligned(bytes: Buffer, random: Random, places: Places, size: number): number {
  const at = spot(bytes, random, places);
  return Math.max(Math.min(at - (at % Math.min(size, 4)), bytes.length - size), 0);
}

function range(bytes: Buffer, random: Random): Place {
  const start = random.integer(bytes.length);
  const longest = random.uniform() < 0.5 ? 64 : bytes.length;
  return { start, end: Math.min(start + 1 + random.integer(longest), bytes.length) };
}
