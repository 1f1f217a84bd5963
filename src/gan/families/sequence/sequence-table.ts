import type { EncodedTable, TableLayout } from '../../../encode/table.js';

/** Rows of sequences as codes and scalars. */
export interface SequenceTable {
  readonly rows: number;
  readonly attributes: EncodedTable;
  /** The steps of all sequences, one after the other. */
  readonly steps: EncodedTable;
  /** Where each sequence's steps begin, and the last one's end: [rows + 1]. */
  readonly offsets: Int32Array;
}

/** The rows of a table at some places. */
export function pickSequences(table: SequenceTable, places: Int32Array): SequenceTable {
  const { offsets } = table;
  const taken = Array.from(places, (row) => [offsets[row] as number, offsets[row + 1] as number]);
  const lengths = taken.map(([start = 0, end = 0]) => end - start);
  const items = new Int32Array(lengths.reduce((sum, length) => sum + length, 0));
  let next = 0;
  for (const [start = 0, end = 0] of taken) {
    for (let item = start; item < end; item++) items[next++] = item;
  }
  return {
    rows: places.length,
    attributes: pickRows(table.attributes, places),
    steps: pickRows(table.steps, items),
    offsets: offsetsOf(lengths),
  };
}

/** Where sequences of such lengths begin, one after the other, and the end of the last one. */
export function offsetsOf(lengths: ArrayLike<number>): Int32Array {
  const offsets = new Int32Array(lengths.length + 1);
  for (let row = 0; row < lengths.length; row++) {
    offsets[row + 1] = (offsets[row] as number) + (lengths[row] as number);
  }
  return offsets;
}

function pickRows({ layout, values }: EncodedTable, places: Int32Array): EncodedTable {
  return {
    layout,
    rows: places.length,
    values: values.map((all) =>
      all instanceof Float32Array
        ? Float32Array.from(places, (row) => all[row] as number)
        : places.map((row) => all[row] as number),
    ),
  };
}

/**
 * For each number of a step, in its order in a row: the span of its values, and which of its steps have
 * one: not those that are null, and none that is exactly a value which many steps share.
 */
export function numbersOf({ spans }: TableLayout): {
  readonly index: number;
  readonly column: number;
  isThere(values: EncodedTable['values'], item: number): boolean;
}[] {
  return spans
    .flatMap((span, index) => (span.kind === 'scalar' ? [{ ...span, index }] : []))
    .sort((a, b) => a.offset - b.offset)
    .map(({ index, column }) => {
      const own = spans.flatMap((span, k) => (span.column === column ? [{ span, k }] : []));
      const presence = own.find(({ span }) => span.kind === 'onehot' && span.role === 'presence');
      const mode = own.find(({ span }) => span.kind === 'onehot' && span.role === 'mode');
      return {
        index,
        column,
        isThere: (values, item) =>
          (!presence || values[presence.k]?.[item] !== 0) &&
          // The mode of all other values is the last one.
          (!mode || values[mode.k]?.[item] === mode.span.size - 1),
      };
    });
}

/** The rows of all tables, one after the other. */
export function joinTables(tables: readonly SequenceTable[]): SequenceTable {
  const [first] = tables as [SequenceTable];
  const lengths = tables.flatMap(({ offsets }) =>
    Array.from(offsets.subarray(1), (end, row) => end - (offsets[row] as number)),
  );
  return {
    rows: lengths.length,
    attributes: joinRows(
      first.attributes.layout,
      tables.map(({ attributes }) => attributes),
    ),
    steps: joinRows(
      first.steps.layout,
      tables.map(({ steps }) => steps),
    ),
    offsets: offsetsOf(lengths),
  };
}

function joinRows(layout: TableLayout, tables: readonly EncodedTable[]): EncodedTable {
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  const values = layout.spans.map(({ kind }, span) => {
    const all = kind === 'scalar' ? new Float32Array(rows) : new Int32Array(rows);
    let next = 0;
    for (const table of tables) {
      all.set(table.values[span] as Float32Array, next);
      next += table.rows;
    }
    return all;
  });
  return { layout, rows, values };
}
