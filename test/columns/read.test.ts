import * as arrow from 'apache-arrow';
import { Field, type RecordBatch, Schema, Table, vectorFromArray } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import type { ImageColumn } from '../../src/columns/column.js';
import { readTogether } from '../../src/columns/read.js';
import { makeBatch } from '../../src/data/batches/batch.js';
import { makeTensorColumn } from '../../src/data/tensor/make.js';
import { tensorField } from '../../src/data/tensor/type.js';
import { DataError, SchemaError } from '../../src/errors.js';
import { column, tableOf } from '../encode/columns.js';
import { soundsTable } from '../gan/families/tensor/sounds-table.js';

const { Bool, Dictionary, Float64, Int32, Int64, Utf8, TimestampNanosecond, Decimal } = arrow;

/** A table of nullable columns, by name: type and values. */
function table(columns: Record<string, [arrow.DataType, unknown[]]>): Table {
  const entries = Object.entries(columns);
  const schema = new Schema(entries.map(([name, [type]]) => new Field(name, type, true)));
  const vectors = entries.map(([name, [type, values]]) => [name, vectorFromArray(values, type)]);
  return new Table(schema, Object.fromEntries(vectors));
}

const numbers = (...values: (number | null)[]): [arrow.DataType, unknown[]] => [
  new Float64(),
  values,
];

const meanOf = (values: Float32Array) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

describe('readTogether', () => {
  it('should share levels, and have NaN and −1 where a cell is null', () => {
    const a = table({ x: numbers(1, null), s: [new Utf8(), ['p', null]] });
    const b = table({ x: numbers(2), s: [new Utf8(), ['q']] });

    const { rows } = readTogether({ a, b });

    expect(rows.a.columns).toMatchObject([
      { kind: 'numeric', values: Float64Array.of(1, Number.NaN) },
      { kind: 'categorical', codes: Int32Array.of(0, -1), levels: ['p', 'q'] },
    ]);
    expect(rows.b.columns[1]).toMatchObject({ codes: Int32Array.of(1), levels: ['p', 'q'] });
  });

  it('should compare types of one kind: widths of numbers, text and dictionaries', () => {
    const text = new Dictionary(new Utf8(), new Int32());
    const a = table({ x: [new Int32(), [1, 2]], s: [new Utf8(), ['p', 'q']] });
    const b = table({ x: [new Int64(), [1n, 2n]], s: [text, ['p', 'q']] });

    const { rows } = readTogether({ a, b });

    expect(rows.b.columns).toEqual(rows.a.columns);
  });

  it('should tell nanoseconds apart, and scale decimals', () => {
    const at = column(new TimestampNanosecond(), ['1700000000000000000', '1700000000000000001']);
    const price = column(new Decimal(2, 9), ['150', '275']);

    const { rows } = readTogether({
      a: tableOf([at.data[0] as arrow.Data, price.data[0] as arrow.Data]),
    });

    expect(rows.a.columns[0]).toMatchObject({ values: Float64Array.of(0, 1), temporal: true });
    expect(rows.a.columns[1]).toMatchObject({ values: Float64Array.of(1.5, 2.75) });
  });

  it('should leave out what cannot be compared, and say why', () => {
    const ids = Array.from({ length: 60 }, (_, k) => `id ${k}`);
    const same = ids.map(() => null);
    const a = table({ x: numbers(...ids.keys()), id: [new Utf8(), ids], n: [new Bool(), same] });
    const made = ['synthetic-0000000000a1', 'synthetic-0000000000b2'];
    const b = table({ x: numbers(1, 2), id: [new Utf8(), made] });

    const { rows, ignored } = readTogether({ a, b }, { x: 'numeric' });

    expect(rows.a.columns.map(({ name }) => name)).toEqual(['x']);
    expect(ignored).toEqual([
      { name: 'id', reason: 'names rows' },
      { name: 'n', reason: 'is not a column of b' },
    ]);
  });

  it('should read texts that are all different as texts, unless they were made to name rows', () => {
    const titles = Array.from({ length: 60 }, (_, k) => `title ${k}`);
    const a = table({ title: [new Utf8(), titles] });
    const b = table({ title: [new Utf8(), ['title 61', 'title 62']] });

    const { rows, ignored } = readTogether({ a, b });

    expect(rows.a.columns).toEqual([]);
    expect(rows.b.texts?.map(({ name }) => name)).toEqual(['title']);
    expect(ignored).toEqual([]);
  });

  it.each([
    [
      { x: [new Utf8(), ['1']] },
      SchemaError,
      "column 'x' of b is of a type that cannot be compared",
    ],
    [{ x: [new Float64(), []] }, DataError, 'b has no rows: 0'],
    [
      { y: [new Float64(), [1]] },
      SchemaError,
      "no column can be compared: 'x' is not a column of b",
    ],
  ] as [Record<string, [arrow.DataType, unknown[]]>, typeof SchemaError, string][])(
    'should refuse %j',
    (columns, Class, message) => {
      const read = () => readTogether({ a: table({ x: numbers(1, 2) }), b: table(columns) });

      expect(read).toThrow(Class);
      expect(read).toThrow(message);
    },
  );

  it('should read the first column of images as images, grey where null', () => {
    const type = { element: 'uint8', shape: [2, 2] } as const;
    const fields = [tensorField('first', { ...type, nullable: true }), tensorField('second', type)];
    const pixels = [Uint8Array.of(0, 100, 200, 0), null, Uint8Array.of(200, 100, 100, 100)];
    const data = [
      makeTensorColumn(fields[0] as Field, pixels),
      makeTensorColumn(fields[1] as Field, new Uint8Array(12)),
    ];
    const all = makeBatch(new Schema(fields), data as never, 3);

    const { rows, ignored } = readTogether({ a: all, b: all });

    const shown = new Float32Array(5).fill(9);
    rows.b.images?.fill(0, shown, 1);
    expect(shown).toEqual(Float32Array.of(9, -1, 0, 1, -1));
    rows.b.images?.fill(1, shown, 0);
    expect(shown).toEqual(Float32Array.of(0, 0, 0, 0, -1));
    rows.b.images?.fill(2, shown, 0);
    expect(shown).toEqual(Float32Array.of(1, 0, 0, 0, -1));
    expect(rows.a.images).toMatchObject({ name: 'first', shape: { height: 2, width: 2 } });
    expect(ignored.map(({ name }) => name)).toEqual(['second']);
  });

  it.each(['tensor', 'list'] as const)('should look at sounds by their spectra, in a %s', (as) => {
    const sounds = soundsTable(8, as);

    const { rows } = readTogether({ a: sounds, b: sounds });

    const { shape, fill } = rows.a.images as ImageColumn;
    expect(shape).toEqual({ height: 8, width: 40, channels: 1 });
    const pictures = new Float32Array(8 * 320);
    for (let row = 0; row < 8; row++) fill(row, pictures, row * 320);
    expect([Math.min(...pictures), Math.max(...pictures)]).toEqual([-1, 1]);
    // A string is loud when it is plucked, and fades.
    const loudness = (frame: number) => meanOf(pictures.subarray(frame * 40, (frame + 1) * 40));
    expect(loudness(1)).toBeGreaterThan(loudness(6) + 0.2);
  });

  it('should leave out images that a table has none of, as where they were not learned', () => {
    const image = tensorField('image', { element: 'uint8', shape: [1, 1], nullable: true });
    const level = new Field('level', new Int32(), false);
    const rows = (pixels: (Uint8Array | null)[]) => {
      const levels = vectorFromArray([...pixels.keys()], new Int32()).data[0];
      const data = [makeTensorColumn(image, pixels), levels];
      return makeBatch(new Schema([image, level]), data as never, pixels.length);
    };
    const [real, synthetic] = [rows([Uint8Array.of(1), Uint8Array.of(2)]), rows([null, null])];

    const { rows: tables, ignored } = readTogether({ real, synthetic });

    expect(tables.real.images).toBeUndefined();
    expect(tables.real.columns.map(({ name }) => name)).toEqual(['level']);
    expect(ignored).toEqual([{ name: 'image', reason: 'holds no image in synthetic' }]);
  });

  it.each([0, 1])('should leave out images that hold no numbers, in table %i', (place) => {
    const image = tensorField('image', { element: 'float32', shape: [1, 2] });
    const level = new Field('level', new Int32(), false);
    const rows = (pixel: number) => {
      const levels = vectorFromArray([1, 2], new Int32()).data[0];
      const data = [makeTensorColumn(image, Float32Array.of(0, 1, pixel, 1)), levels];
      return makeBatch(new Schema([image, level]), data as never, 2);
    };
    const [a, b] = [0, 1].map((k) => rows(k === place ? Number.NaN : 0.5));

    const { rows: tables, ignored } = readTogether({ a: a as RecordBatch, b: b as RecordBatch });

    expect(tables.a.images).toBeUndefined();
    expect(ignored).toEqual([{ name: 'image', reason: 'holds numbers that are not finite' }]);
  });

  it('should refuse images of different shapes', () => {
    const image = (shape: number[]) => {
      const field = tensorField('image', { element: 'uint8', shape });
      const data = makeTensorColumn(field, new Uint8Array(12));
      return makeBatch(new Schema([field]), [data] as never, 1);
    };

    const read = () => readTogether({ a: image([2, 2, 3]), b: image([3, 2, 2]) });

    expect(read).toThrow(SchemaError);
    expect(read).toThrow(
      "column 'image' of b is of a type that cannot be compared with uint8 images of 2 × 2 × 3: " +
        'uint8 images of 3 × 2 × 2. Convert it',
    );
  });
});
