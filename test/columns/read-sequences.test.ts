import {
  Field,
  Float64,
  List,
  type RecordBatch,
  Schema,
  Table,
  type TimestampSecond,
  tableFromArrays,
  Utf8,
  vectorFromArray,
} from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { readTogether } from '../../src/columns/read.js';
import { takeRows } from '../../src/columns/select.js';
import { groupSequenceBatches } from '../../src/data/sequences/group.js';
import { collect } from '../data/support/arbitrary-batches.js';
import { sequenceTable } from '../gan/families/sequence/small-sequences.js';

const item = (type: Float64 | Utf8 | TimestampSecond) => new List(new Field('item', type, true));

/** A table of columns of lists. */
function lists(columns: Record<string, [Float64 | Utf8, unknown[][]]>): Table {
  const entries = Object.entries(columns);
  const schema = new Schema(entries.map(([name, [type]]) => new Field(name, item(type), true)));
  return new Table(
    schema,
    Object.fromEntries(
      entries.map(([name, [type, values]]) => [name, vectorFromArray(values, item(type))]),
    ),
  );
}

describe('readTogether, of rows of sequences', () => {
  it('should read the steps of all rows, with levels that tables share', () => {
    const a = lists({
      x: [new Float64(), [[1, null], [], [3]]],
      s: [new Utf8(), [['p', 'q'], [], ['p']]],
    });
    const b = lists({ x: [new Float64(), [[4]]], s: [new Utf8(), [['q']]] });

    const { rows, ignored } = readTogether({ a, b });

    expect(ignored).toEqual([]);
    expect(rows.a).toMatchObject({
      length: 3,
      columns: [],
      sequences: {
        offsets: Int32Array.of(0, 2, 2, 3),
        steps: [
          { name: 'x', values: Float64Array.of(1, Number.NaN, 3) },
          { name: 's', codes: Int32Array.of(0, 1, 0), levels: ['p', 'q'] },
        ],
      },
    });
    expect(rows.b.sequences?.steps[1]).toMatchObject({ codes: Int32Array.of(1) });
  });

  it('should take gaps and starts for times, and leave keys out', async () => {
    const batch = await sequenceTable();

    const { rows, ignored } = readTogether({ a: batch, b: batch });

    expect(ignored).toContainEqual({ name: 'device', reason: 'names sequences' });
    expect(rows.a.columns.map(({ name }) => name)).toEqual([
      'time (start)',
      'place',
      'weight',
      'unit',
    ]);
    const gaps = rows.a.sequences?.steps.find(({ name }) => name === 'time (gap)');
    const offsets = rows.a.sequences?.offsets as Int32Array;
    const values = gaps?.kind === 'numeric' ? gaps.values : new Float64Array();
    expect(values[offsets[1] as number]).toBeNaN();
    const known = values.filter((value) => !Number.isNaN(value));
    expect(new Set(known)).toEqual(new Set([900, 1800, 2700]));
  });

  it('should leave out times that say nothing: those of a regular grid that all start alike', async () => {
    const table = tableFromArrays({
      key: ['a', 'a', 'b', 'b'],
      time: Int32Array.of(0, 1, 0, 1),
      x: Float64Array.of(1, 2, 3, 4),
    });
    const grouped = await collect(groupSequenceBatches(table, { by: 'key', orderBy: 'time' }));

    const { rows } = readTogether({ a: grouped as RecordBatch[] });

    expect(rows.a.columns).toEqual([]);
    expect(rows.a.sequences?.steps.map(({ name }) => name)).toEqual(['x']);
  });

  it('should say why lists are no sequences', () => {
    const unlike = lists({ x: [new Float64(), [[1, 2]]], y: [new Float64(), [[1]]] });
    const long = lists({ x: [new Float64(), [new Array(2001).fill(0).map((_, k) => k)]] });
    const plain = tableFromArrays({ z: Int32Array.of(1) });
    const beside = (table: Table) => table.assign(plain);

    const found = [unlike, long].map((table) => readTogether({ a: beside(table) }));

    expect(found[0]?.ignored).toEqual([
      { name: 'x', reason: 'is a list, and lists of one row are of unlike length' },
      { name: 'y', reason: 'is a list, and lists of one row are of unlike length' },
    ]);
    expect(found[1]?.ignored[0]?.reason).toContain('2001 steps a row, of at most 2000');
    expect(found[0]?.rows.a.sequences).toBeUndefined();
    const one = beside(lists({ x: [new Float64(), [[1]]] }));
    const none = beside(lists({ x: [new Float64(), [[]]] }));
    expect(readTogether({ a: one, b: none }).ignored).toEqual([
      { name: 'x', reason: 'holds no steps in any row of b' },
    ]);
  });

  it('should take rows with their steps', () => {
    const { rows } = readTogether({
      a: lists({ x: [new Float64(), [[1, 2], [3], [], [4, 5, 6]]] }),
    });

    const { sequences } = takeRows(rows.a, Int32Array.of(3, 2, 0, 3));

    expect(sequences?.offsets).toEqual(Int32Array.of(0, 3, 3, 5, 8));
    expect(sequences?.steps).toMatchObject([{ values: Float64Array.of(4, 5, 6, 1, 2, 4, 5, 6) }]);
  });
});
