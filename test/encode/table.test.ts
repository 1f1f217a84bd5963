import {
  Bool,
  DateDay,
  Dictionary,
  Float64,
  Int8,
  Int64,
  type RecordBatch,
  Table,
  tableFromIPC,
  tableToIPC,
  Utf8,
  type Vector,
} from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { readTexts } from '../../src/encode/cells/column-texts.js';
import { inferEncoders } from '../../src/encode/infer.js';
import { decodeTable, encodeTable, layoutOf } from '../../src/encode/table.js';
import { createRandom } from '../../src/random.js';
import { batchOf, column } from './columns.js';

const rows = 500;
const random = createRandom('table');
const cells = (next: (i: number) => unknown) =>
  Array.from({ length: rows }, (_, i) => {
    const value = next(i);
    return value === null ? null : String(value);
  });
const whole = batchOf(
  [
    column(
      new Float64(),
      cells((i) => (i % 9 ? Math.round(1e4 * random.normal()) / 100 : null)),
    ),
    column(
      new Dictionary(new Utf8(), new Int8()),
      cells((i) => (i % 7 ? `level ${i % 5}` : null)),
    ),
    column(
      new Int64(),
      cells(() => 5_000_000_000 + random.integer(1000)),
    ),
    column(
      new Bool(),
      cells(() => random.uniform() < 0.1),
    ),
    column(
      new DateDay(),
      cells(() => 10_000 + random.integer(9000)),
    ),
    column(
      new Utf8(),
      cells((i) => `name ${i}`),
    ),
    column(
      new Int8(),
      cells(() => 3),
    ),
  ].flatMap(({ data }) => data),
);
const encoders = await inferEncoders(whole.schema, [whole]);
const cutAt = (batch: RecordBatch, ...at: number[]) =>
  at.map((start, i) => batch.slice(start, at[i + 1] ?? rows));

describe('layoutOf', () => {
  const { spans, width } = layoutOf(encoders);

  it('should keep spans in the order of the columns', () => {
    expect(encoders.map(({ kind }) => kind)).toEqual([
      'nullable',
      'categorical',
      'integer',
      'boolean',
      'temporal',
      'identifier',
      'constant',
    ]);
    expect(spans.map(({ column }) => column)).toEqual(
      encoders.flatMap((encoder, column) => encoder.spans.map(() => column)),
    );
    expect(spans[0]).toMatchObject({ kind: 'onehot', role: 'presence', column: 0, size: 2 });
  });

  it('should fill the row without a gap: scalars, then categories, then the rest', () => {
    const placed = spans.toSorted((a, b) => a.offset - b.offset);
    const groups = placed.map((span) => {
      if (span.kind === 'scalar') return 0;
      return span.role === 'category' ? 1 : 2;
    });

    expect(placed[0]?.offset).toBe(0);
    placed.forEach(({ offset, size }, i) => {
      expect(offset + size).toBe(placed[i + 1]?.offset ?? width);
    });
    expect(groups).toEqual(groups.toSorted());
  });
});

describe('encodeTable', () => {
  it('should not depend on how the rows are cut into batches', async () => {
    const one = await encodeTable(encoders, [whole], createRandom(1));
    const many = await encodeTable(encoders, cutAt(whole, 0, 1, 7, 8, 300), createRandom(1));

    expect(many).toEqual(one);
    expect(await encodeTable(encoders, [whole], createRandom(2))).not.toEqual(one);
  });

  it('should take no batches for no rows', async () => {
    const { rows: none, values } = await encodeTable(encoders, [], createRandom(1));

    expect(none).toBe(0);
    expect(values.every(({ length }) => length === 0)).toBe(true);
    expect(values.length).toBe(layoutOf(encoders).spans.length);
  });
});

describe('decodeTable', () => {
  it('should bring the table back, with its own schema, so that Arrow can write it', async () => {
    const { values } = await encodeTable(encoders, [whole], createRandom(1));

    const batch = decodeTable(encoders, whole.schema, values, rows, createRandom(1));
    const table = tableFromIPC(tableToIPC(new Table([batch])));

    expect(batch.schema).toBe(whole.schema);
    for (const name of ['a', 'b', 'c', 'd', 'e', 'g']) {
      const [real, back] = [whole, table].map((each) => readTexts(each.getChild(name) as Vector));
      expect(back).toEqual(real);
    }
    expect(table.getChild('f')?.nullCount).toBe(rows);
  });

  it('should give a batch without rows', async () => {
    const none = (await encodeTable(encoders, [], createRandom(1))).values;

    const batch = decodeTable(encoders, whole.schema, none, 0, createRandom(1));

    expect(batch.numRows).toBe(0);
    expect(batch.schema).toBe(whole.schema);
  });
});
