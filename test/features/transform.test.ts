import {
  DateDay,
  Decimal,
  Dictionary,
  Float32,
  Int32,
  Int64,
  type RecordBatch,
  Schema,
  TimestampMicrosecond,
  TimestampSecond,
  Utf8,
} from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitTensorTransform } from '../../src/augment/tensors/fit-tensor-transform.js';
import { makeBatch } from '../../src/data/batches/batch.js';
import { makeTensorColumn } from '../../src/data/tensor/make.js';
import { tensorField } from '../../src/data/tensor/type.js';
import { DataError, SchemaError } from '../../src/errors.js';
import type { NumberJSON } from '../../src/features/feature.js';
import { tensorTransformFromJSON } from '../../src/features/from-json.js';
import type { TensorTransform } from '../../src/features/transform.js';
import { caseCount } from '../support/cases.js';
import { batchOf, columnBatch, cutBatch, cuts, type Row, rows } from './support/rows.js';

const runs = { numRuns: caseCount(60, 600) };
const features = ['size', 'count', 'isNew', 'colour'];
const one = (row: Partial<Row>): Row => ({
  size: 1,
  count: 2,
  isNew: true,
  colour: 'red',
  label: 'yes',
  made: false,
  ...row,
});

/** The numbers of one row, by what they say. */
function labelled(transform: TensorTransform, batch: RecordBatch, index: number) {
  const labels = transform.inputs.features?.labels ?? [];
  const values = transform.apply(batch).xs.features?.values ?? [];
  return Object.fromEntries(
    labels.map((label, k) => [label, values[index * labels.length + k] as number]),
  );
}

describe('fitTensorTransform', () => {
  it('should tell each cell: numbers by unscaling, levels by their place, nulls by a number', async () => {
    await fc.assert(
      fc.asyncProperty(rows(20), async (all) => {
        const batch = batchOf(all);
        const transform = await fitTensorTransform(batch, { features });
        const scales = transform.toJSON().features as readonly NumberJSON[];

        for (const [index, row] of all.entries()) {
          const told = labelled(transform, batch, index);
          for (const name of ['size', 'count', 'isNew'] as const) {
            const { centre, scale } = scales.find(({ column }) => column === name) as NumberJSON;
            const value = (told[name] as number) * scale + centre;
            if (row[name] !== null) {
              const slack =
                1e-30 + 1e-6 * (Math.abs(centre) + scale * Math.abs(told[name] as number));
              expect(Math.abs(value - Number(row[name]))).toBeLessThanOrEqual(slack);
            }
          }
          expect(told['size is null']).toBe(row.size === null ? 1 : 0);
          if (row.size === null) expect(told.size).toBe(0);
          const places = Object.entries(told).filter(([label]) => label.startsWith('colour'));
          const place = row.colour === null ? 'colour is null' : `colour=${row.colour}`;
          expect(places.filter(([, value]) => value !== 0)).toEqual([[place, 1]]);
        }
      }),
      runs,
    );
  });

  it('should learn from the real rows alone, however they are cut', async () => {
    const cases = fc.tuple(rows(20), rows(20), cuts);
    await fc.assert(
      fc.asyncProperty(cases, async ([real, other, places]) => {
        const options = { features, target: 'label', mark: 'made' };
        const made = other.map((row) => ({ ...row, made: true }));
        const isReal = real.map((row) => ({ ...row, made: false }));
        const mixed = [...made.slice(0, 3), ...isReal, ...made.slice(3)];

        const alone = await fitTensorTransform(batchOf(isReal), options);
        const among = await fitTensorTransform(cutBatch(batchOf(mixed), places), options);

        expect(among.toJSON()).toEqual(alone.toJSON());
        expect(among.rows).toBe(real.length);
      }),
      runs,
    );
  });

  it('should be the same when it was saved and read', async () => {
    await fc.assert(
      fc.asyncProperty(rows(20), async (all) => {
        const batch = batchOf(all);
        const transform = await fitTensorTransform(batch, {
          features: { size: 'number', colour: 'index', count: { as: 'onehot', levels: 3 } },
          target: 'label',
        });

        const read = tensorTransformFromJSON(JSON.parse(JSON.stringify(transform)));

        expect(read.id).toBe(transform.id);
        expect(read.inputs).toEqual(transform.inputs);
        expect(read.target).toEqual(transform.target);
        expect(read.apply(batch)).toEqual(transform.apply(batch));
      }),
      runs,
    );
  });

  it('should give an unseen level a place of its own, which null does not have', async () => {
    const transform = await fitTensorTransform(batchOf([one({})]), {
      features: { colour: 'onehot', label: 'index' },
    });
    const later = batchOf([one({ colour: 'mauve', label: 'never' }), one({ colour: null })]);

    const { xs } = transform.apply(later);

    expect(transform.inputs.features?.labels).toEqual([
      'colour=red',
      'colour is another',
      'colour is null',
    ]);
    expect([...(xs.features?.values ?? [])]).toEqual([0, 1, 0, 0, 0, 1]);
    expect(xs.label).toEqual({ shape: [2, 1], values: Int32Array.from([1, 0]) });
  });

  it('should let rare levels share the place of unseen ones where so many are kept', async () => {
    const colours = ['red', 'red', 'red', 'blue', 'blue', 'green'];
    const batch = batchOf(colours.map((colour) => one({ colour })));

    const transform = await fitTensorTransform(batch, {
      features: { colour: { as: 'index', levels: 2 } },
    });

    expect([...(transform.apply(batch).xs.colour?.values ?? [])]).toEqual([0, 0, 0, 1, 1, 2]);
  });

  it.each([
    ['days', new DateDay(), [new Date('1970-01-02'), new Date('1970-01-03')], [86_400, 172_800]],
    ['microseconds', new TimestampMicrosecond(), [1_500, 3_000], [1.5, 3]],
    [
      'decimals',
      new Decimal(2, 9),
      [Uint32Array.of(150, 0, 0, 0), Uint32Array.of(250, 0, 0, 0)],
      [1.5, 2.5],
    ],
    ['64 bits', new Int64(), [3n, 7n], [3, 7]],
    ['single floats', new Float32(), [0.5, 0.25], [0.5, 0.25]],
  ] as const)('should take %s for numbers', async (_, type, cells, expected) => {
    const batch = columnBatch(type, cells, false);

    const transform = await fitTensorTransform(batch, {
      features: { x: { scale: 'none' } },
    });

    expect([...(transform.apply(batch).xs.features?.values ?? [])]).toEqual(expected);
  });

  it('should take the same instants in other units, and levels of another layout', async () => {
    const transform = await fitTensorTransform(columnBatch(new TimestampSecond(), [1000, 9000]));
    const levels = await fitTensorTransform(columnBatch(new Utf8(), ['a', 'b']));
    const dictionary = new Dictionary(new Utf8(), new Int32(), 3);

    const finer = transform.apply(columnBatch(new TimestampMicrosecond(), [1000, 9000]));
    const coded = levels.apply(columnBatch(dictionary, ['b', 'a']));

    expect([...(finer.xs.features?.values ?? [])]).toEqual([-1, 0, 1, 0]);
    expect([...(coded.xs.features?.values ?? [])]).toEqual([0, 1, 0, 0, 1, 0, 0, 0]);
  });

  it('should scale by the range, and leave a constant at its centre', async () => {
    const batch = batchOf([1, 3, 5].map((count) => one({ count })));

    const transform = await fitTensorTransform(batch, {
      features: { count: { scale: 'range' }, size: 'number' },
    });

    expect([...(transform.apply(batch).xs.features?.values ?? [])]).toEqual([
      0, 0, 0, 0.5, 0, 0, 1, 0, 0,
    ]);
  });

  it('should tell classes of a target, and numbers unscaled', async () => {
    const batch = batchOf([one({ label: 'no' }), one({}), one({})]);
    const classes = await fitTensorTransform(batch, { features: ['size'], target: 'label' });
    const indices = await fitTensorTransform(batch, {
      features: ['size'],
      target: { column: 'label', as: 'index' },
    });
    const numbers = await fitTensorTransform(batchOf([one({ count: 10 }), one({ count: 30 })]), {
      features: ['size'],
      target: { column: 'count', as: 'number' },
    });

    expect(classes.target).toMatchObject({ shape: [2], classes: ['yes', 'no'] });
    expect(classes.apply(batch).ys).toEqual({
      shape: [3, 2],
      values: Float32Array.from([0, 1, 1, 0, 1, 0]),
    });
    expect(classes.decodeTarget([0.2, 0.8, 0.9, 0.1])).toEqual(['no', 'yes']);
    expect(indices.apply(batch).ys).toEqual({ shape: [3, 1], values: Float32Array.of(1, 0, 0) });
    expect(indices.decodeTarget([0.2, 0.8])).toEqual(['no']);
    expect(numbers.decodeTarget([-1, 0.5])).toEqual([10, 25]);
  });

  it('should leave the target out of rows that lack it', async () => {
    const batch = batchOf([one({})]);
    const transform = await fitTensorTransform(batch, { features: ['count'], target: 'label' });
    const { fields } = batch.schema;
    const bare = makeBatch(new Schema(fields.slice(0, 2)), batch.data.children.slice(0, 2), 1);

    expect(transform.apply(bare).ys).toBeUndefined();
    expect(transform.apply(batch).ys?.shape).toEqual([1, 1]);
  });

  it.each([
    ['a column that is missing', { features: ['sise'] }, "Did you mean 'size'"],
    ['a target that is missing', { target: 'labl' }, "Did you mean 'label'"],
    ['text as a number', { features: { colour: 'number' } }, 'Possible: onehot, index'],
    ['whole numbers as a target', { target: 'count' }, "as: 'onehot'"],
    ['a mark of another type', { mark: 'count' }, 'which rows are synthetic'],
  ] as const)('should refuse %s', async (_, options, words) => {
    const fitting = fitTensorTransform(batchOf([one({})]), options);

    await expect(fitting).rejects.toThrow(SchemaError);
    await expect(fitting).rejects.toThrow(words);
  });

  it('should refuse more levels than anyone wants, and say what to do', async () => {
    const names = columnBatch(
      new Utf8(),
      Array.from({ length: 1001 }, (_, k) => `name ${k}`),
    );

    await expect(fitTensorTransform(names)).rejects.toThrow(/more than 1000 levels.*'index'/);
    const { inputs } = await fitTensorTransform(names, { features: { x: { levels: 5 } } });
    expect(inputs.features?.shape).toEqual([7]);
  });

  it('should refuse rows without a real one, and none at all', async () => {
    const made = batchOf([one({ made: true })]);

    await expect(fitTensorTransform(made, { mark: 'made' })).rejects.toThrow(DataError);
    await expect(fitTensorTransform([])).rejects.toThrow(DataError);
  });

  it('should refuse augmented rows of which nothing says which are real', async () => {
    const batch = batchOf([one({})]);
    const metadata = new Map([['gan-augment', JSON.stringify([{ ratio: 0.3 }])]]);
    const augmented = makeBatch(new Schema(batch.schema.fields, metadata), batch.data.children, 1);

    await expect(fitTensorTransform(augmented)).rejects.toThrow("'mark'");
    await expect(fitTensorTransform(augmented, { mark: 'made' })).resolves.toBeDefined();
  });

  it('should refuse a column of another kind than it was fitted on, and NaN where none was', async () => {
    const floats = await fitTensorTransform(columnBatch(new Float32(), [1, 2], false));
    const texts = await fitTensorTransform(columnBatch(new Utf8(), ['a']));

    expect(() => floats.apply(columnBatch(new Utf8(), ['a']))).toThrow(SchemaError);
    expect(() => floats.apply(columnBatch(new TimestampSecond(), [1000]))).toThrow(SchemaError);
    expect(() => floats.apply(columnBatch(new Float32(), [Number.NaN], false))).toThrow(DataError);
    expect(() => texts.apply(batchOf([one({})]))).toThrow("column is missing: 'x'");
  });
});

describe('fitTensorTransform, of tensors', () => {
  const layout = { element: 'uint8', shape: [2, 3] } as const;
  const pictures = (cells: readonly (readonly number[] | null)[], given: object = {}) => {
    const field = tensorField('picture', { ...layout, nullable: true, ...given });
    const column = makeTensorColumn(
      field,
      cells.map((cell) => cell && Uint8Array.from(cell)),
    );
    return makeBatch(new Schema([field]), [column], cells.length);
  };
  const [first, second] = [
    [0, 51, 102, 153, 204, 255],
    [255, 0, 0, 0, 0, 0],
  ];

  it('should give bytes in [0, 1] in their shape, as an input of their own', async () => {
    const batch = pictures([first, second]);

    const transform = await fitTensorTransform(batch);

    const { xs } = transform.apply(batch);
    expect(Object.keys(xs)).toEqual(['picture']);
    expect(xs.picture?.shape).toEqual([2, 2, 3]);
    expect([...(xs.picture?.values ?? [])]).toEqual(
      [...first, ...second].map((byte) => Math.fround(byte / 255)),
    );
  });

  it('should give the shape that is meant where memory has another order', async () => {
    const batch = pictures([first], { permutation: [1, 0] });

    const { xs } = (await fitTensorTransform(batch)).apply(batch);

    expect(xs.picture?.shape).toEqual([1, 3, 2]);
    expect([...(xs.picture?.values ?? [])].map((value) => Math.round(255 * value))).toEqual([
      0, 153, 51, 204, 102, 255,
    ]);
  });

  it('should tell null pictures by a number where fitted rows had some, and else refuse them', async () => {
    const batch = pictures([first, null]);
    const without = await fitTensorTransform(pictures([first]));

    const { xs } = (await fitTensorTransform(batch)).apply(batch);

    expect([...(xs.features?.values ?? [])]).toEqual([0, 1]);
    expect([...(xs.picture?.values ?? [])].slice(6)).toEqual([0, 0, 0, 0, 0, 0]);
    expect(() => without.apply(batch)).toThrow(DataError);
  });

  it('should scale over all numbers of all tensors if told, and read that again', async () => {
    const batch = pictures([first, second]);
    const transform = await fitTensorTransform(batch, {
      features: { picture: { scale: 'standard' } },
    });

    const values = transform.apply(batch).xs.picture?.values ?? [];
    const read = tensorTransformFromJSON(JSON.parse(JSON.stringify(transform)));

    const sum = (numbers: Iterable<number>) => [...numbers].reduce((a, b) => a + b, 0);
    expect(sum(values)).toBeCloseTo(0, 5);
    expect(sum(Array.from(values, (value) => value ** 2)) / 12).toBeCloseTo(1, 5);
    expect(read.apply(batch)).toEqual(transform.apply(batch));
  });

  it('should refuse tensors of another shape', async () => {
    const transform = await fitTensorTransform(pictures([first]));

    expect(() => transform.apply(pictures([first], { shape: [3, 2] }))).toThrow('[3, 2]');
  });
});

describe('tensorTransformFromJSON', () => {
  const saved = async () => {
    const transform = await fitTensorTransform(batchOf([one({})]), { features, target: 'label' });
    return JSON.parse(JSON.stringify(transform));
  };

  it.each([
    ['nothing', () => undefined, 'transform must be'],
    ['another format', (json: object) => ({ ...json, format: 'x' }), 'transform.format'],
    ['a later version', (json: object) => ({ ...json, formatVersion: 2 }), 'formatVersion'],
    [
      'a column of an unknown kind',
      (json: object) => ({ ...json, features: [{ as: 'x' }] }),
      'features[0]',
    ],
    [
      'a scale of 0',
      (json: { features: object[] }) => ({
        ...json,
        features: [{ ...json.features[0], scale: 0 }],
      }),
      'features[0].scale',
    ],
    [
      'a level that is there twice',
      (json: { target: object }) => ({ ...json, target: { ...json.target, levels: ['a', 'a'] } }),
      'twice',
    ],
  ] as const)('should refuse %s', async (_, damage, words) => {
    const json = damage(await saved());

    expect(() => tensorTransformFromJSON(json)).toThrow(words);
  });

  it('should hold no row, but levels and scales', async () => {
    const { features: columns } = await saved();

    expect(columns.map(({ as, column }: NumberJSON) => [column, as])).toEqual([
      ['size', 'number'],
      ['count', 'number'],
      ['isNew', 'number'],
      ['colour', 'onehot'],
    ]);
  });
});
