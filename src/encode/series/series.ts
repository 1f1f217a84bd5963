import { type Data, DataType, type Field, type Vector } from 'apache-arrow';
import { assembleData, gatherData } from '../../data/gather/data.js';
import { createRunList } from '../../data/gather/runs.js';
import type { ColumnEncoder } from '../encoder.js';
import { type Members, membersOf, numberOf, refuse } from '../json-checks.js';

/** The fewest and the most items of a list. */
export interface Lengths {
  readonly shortest: number;
  readonly longest: number;
}

/**
 * A column of lists of unlike length, and back. What it says of a whole row are its spans, as of any
 * column: none, or where times start. Its items are encoded by themselves, one after the other.
 */
export interface SeriesEncoder extends ColumnEncoder {
  readonly kind: 'series' | 'times';
  readonly lengths: Lengths;
  /** Encodes a cell for each item. */
  readonly items: ColumnEncoder;
  /** The cells that `items` encodes: those of all rows in one column. */
  flatten(vector: Vector): Vector;
  /**
   * A column of the column's own type.
   *
   * @param items What `items` has decoded, for all rows.
   * @param offsets Where each row's items begin, and the last one's end: [rows + 1].
   * @param whole What `decode` made of the spans of the rows.
   */
  build(items: Data, offsets: Int32Array, whole: Data): Data;
}

/** Whether an encoder is one of lists of unlike length. */
export function isSeriesEncoder(encoder: ColumnEncoder): encoder is SeriesEncoder {
  return encoder.kind === 'series' || encoder.kind === 'times';
}

/** An encoder of lists whose items have nothing to do with each other but their order. */
export function series(field: Field, items: ColumnEncoder, lengths: Lengths): SeriesEncoder {
  return {
    ...{ kind: 'series', spans: [], lengths, items },
    encode: () => [],
    decode: (_, rows) => emptyLists(field, rows),
    flatten: flattenLists,
    build: (data, offsets) => buildLists(field, data, offsets),
    toJSON: () => ({ kind: 'series', ...lengths, items: items.toJSON() }),
  };
}

/** Reads a saved encoder of lists; `read` reads the one of the items. */
export function seriesFromJSON(
  field: Field,
  members: Members,
  read: (field: Field, json: unknown) => ColumnEncoder,
): SeriesEncoder {
  const items = read(itemField(field), membersOf(field, members.items));
  return series(field, items, lengthsFromJSON(field, members));
}

/** The lengths of a saved encoder of lists. */
export function lengthsFromJSON(field: Field, members: Members): Lengths {
  const shortest = numberOf(field, members, 'shortest', 1);
  const longest = numberOf(field, members, 'longest', shortest);
  if (!Number.isInteger(shortest) || !Number.isInteger(longest) || longest > 1e6) {
    refuse(field, 'has impossible lengths', [shortest, longest]);
  }
  return { shortest, longest };
}

/** The field of a list's items. */
export function itemField(field: Field): Field {
  if (!DataType.isList(field.type) && !DataType.isLargeList(field.type)) {
    return refuse(field, 'does not fit the type', String(field.type));
  }
  return field.type.children[0] as Field;
}

/** How many items each list has; 0 where it is null. */
export function listLengths(vector: Vector): Int32Array {
  const lengths = new Int32Array(vector.length);
  let row = 0;
  for (const data of vector.data) {
    for (let k = 0; k < data.length; k++, row++) {
      if (!data.getValid(k)) continue;
      lengths[row] = Number(data.valueOffsets[k + 1]) - Number(data.valueOffsets[k]);
    }
  }
  return lengths;
}

/** The items of all lists as one column, without what lies under null lists. */
export function flattenLists(vector: Vector): Vector {
  const chunks = vector.data.map((data: Data) => {
    const child = data.children[0] as Data;
    const runs = createRunList(data.length);
    for (let row = 0; row < data.length; row++) {
      if (!data.getValid(row)) continue;
      const start = Number(data.valueOffsets[row]);
      runs.add(0, start, Number(data.valueOffsets[row + 1]) - start);
    }
    return gatherData(child.type, [child], runs);
  });
  return new (vector.constructor as new (data: Data[]) => Vector)(chunks);
}

/** Lists of items: row k has those from `offsets[k]` to `offsets[k + 1]`. */
export function buildLists({ type }: Field, items: Data, offsets: Int32Array): Data {
  const valueOffsets = DataType.isLargeList(type) ? BigInt64Array.from(offsets, BigInt) : offsets;
  return assembleData(type, offsets.length - 1, 0, undefined, { valueOffsets, children: [items] });
}

function emptyLists(field: Field, rows: number): Data {
  const items = gatherData(itemField(field).type, [], createRunList(0));
  return buildLists(field, items, new Int32Array(rows + 1));
}
