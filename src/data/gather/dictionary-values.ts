import { type Data, DataType, Vector } from 'apache-arrow';
import { createRunList, type RunList } from './runs.js';

/** One array out of row runs of several: `gatherData`. */
export type GatherData = (type: DataType, sources: readonly Data[], runs: RunList) => Data;

/** A dictionary that takes in values of others as they are asked for. */
export interface GrowingDictionary {
  /**
   * What gives the place in this dictionary of value `index` of another one, which is appended if
   * missing; undefined if the other has its values at the same places.
   */
  translate(other: Vector): ((index: number) => number) | undefined;
  /** The dictionary as it is now: the first one's chunks, and one more for what was missing. */
  grown(): Vector;
}

/** A dictionary that starts as `first`, whose values keep their places. */
export function growDictionary(first: Vector, gatherData: GatherData): GrowingDictionary {
  const known = positionsOf(first);
  const added = new Map<string, number>();
  const translators: { other: Vector; place: (index: number) => number }[] = [];
  const missing: { other: Vector; index: number }[] = [];

  const find = (other: Vector, index: number): number => {
    const key = keyAt(other, index);
    const found = key === undefined ? undefined : (known.get(key) ?? added.get(key));
    if (found !== undefined) return found;
    const place = first.length + missing.length;
    if (key !== undefined) added.set(key, place);
    missing.push({ other, index });
    return place;
  };

  return {
    translate(other) {
      if (isSame(other, first)) return undefined;
      const like = translators.find((one) => isSame(one.other, other));
      if (like) return like.place;
      const places = new Int32Array(other.length).fill(-1);
      const place = (index: number): number => {
        const known = places[index];
        // The index of a null may be anything.
        if (known === undefined) return 0;
        if (known >= 0) return known;
        const found = find(other, index);
        places[index] = found;
        return found;
      };
      translators.push({ other, place });
      return place;
    },
    grown() {
      if (missing.length === 0) return first;
      const others = [...new Set(missing.map(({ other }) => other))];
      const offsets = new Map<Vector, number>();
      let chunks = 0;
      for (const other of others) {
        offsets.set(other, chunks);
        chunks += other.data.length;
      }
      const runs = createRunList(missing.length);
      for (const { other, index } of missing) {
        const { source, row } = chunkAt(other, index);
        runs.add((offsets.get(other) as number) + source, row, 1);
      }
      const sources = others.flatMap(({ data }) => data);
      const appended = gatherData(first.type, sources, runs);
      // The first chunk stays the same object, even if it is empty: by it, arrow-js's writers see
      // that this dictionary continues the one before.
      return new Vector([...first.data, appended]);
    },
  };
}

/** Whether two vectors are views of the same chunks. */
function isSame(a: Vector, b: Vector): boolean {
  return (
    a === b || (a.data.length === b.data.length && a.data.every((chunk, k) => chunk === b.data[k]))
  );
}

const cachedPositions = new WeakMap<Data, ReadonlyMap<string, number>>();

/** Where each value of a dictionary is; kept for as long as the dictionary, as batches share it. */
function positionsOf(dictionary: Vector): ReadonlyMap<string, number> {
  const [chunk] = dictionary.data;
  const single = dictionary.data.length === 1 ? chunk : undefined;
  const cached = single && cachedPositions.get(single);
  if (cached) return cached;
  const positions = new Map<string, number>();
  for (let index = 0; index < dictionary.length; index++) {
    const key = keyAt(dictionary, index);
    if (key !== undefined && !positions.has(key)) positions.set(key, index);
  }
  if (single) cachedPositions.set(single, positions);
  return positions;
}

/** A value as text that is equal where its bytes are; undefined for types without one buffer. */
function keyAt(vector: Vector, index: number): string | undefined {
  const { chunk, row } = chunkAt(vector, index);
  const { type, values, valueOffsets, stride } = chunk;
  const isFlat = !DataType.isBool(type) && !type.children?.length && !DataType.isDictionary(type);
  if (!isFlat || !values || DataType.isUtf8View(type) || DataType.isBinaryView(type)) {
    return undefined;
  }
  if (!chunk.getValid(row)) return 'null';
  const width = values.BYTES_PER_ELEMENT * stride;
  const variable = valueOffsets !== undefined;
  const start = variable ? Number(valueOffsets[row]) : row * width;
  const end = variable ? Number(valueOffsets[row + 1]) : start + width;
  const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
  return `v${bytes.toString('latin1', start, end)}`;
}

function chunkAt(vector: Vector, index: number): { chunk: Data; source: number; row: number } {
  let row = index;
  for (const [source, chunk] of vector.data.entries()) {
    if (row < chunk.length) return { chunk, source, row };
    row -= chunk.length;
  }
  throw new RangeError(`value ${index} is outside its dictionary of ${vector.length}`);
}
