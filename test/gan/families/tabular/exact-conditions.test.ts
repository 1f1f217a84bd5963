import {
  Bool,
  type DataType,
  DateDay,
  DateMillisecond,
  Decimal,
  Dictionary,
  DurationSecond,
  Field,
  Float32,
  Float64,
  Int8,
  Int16,
  Int64,
  Schema,
  TimeMicrosecond,
  TimestampMillisecond,
  TimestampNanosecond,
  Uint64,
  Utf8,
} from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeBatch } from '../../../../src/data/batches/batch.js';
import { readTexts } from '../../../../src/encode/cells/column-texts.js';
import { isWhole, wholeBounds } from '../../../../src/encode/cells/column-types.js';
import { inferEncoders } from '../../../../src/encode/infer.js';
import { columnOf, layoutOf } from '../../../../src/encode/table.js';
import { showText } from '../../../../src/encode/values/value.js';
import { InvalidOptionError } from '../../../../src/errors.js';
import type { ValueConditions } from '../../../../src/gan/conditions/options.js';
import { resolveConditions } from '../../../../src/gan/conditions/resolve.js';
import { makeConditionedBatch } from '../../../../src/gan/families/tabular/autoregressive/make-batch.js';
import { makeMatchingBatch } from '../../../../src/gan/families/tabular/make-batch.js';
import { rowShape } from '../../../../src/gan/families/tabular/shape.js';
import { createRandom } from '../../../../src/random.js';
import { column } from '../../../encode/columns.js';

const types: readonly DataType[] = [
  new Utf8(),
  new Dictionary(new Utf8(), new Int16()),
  new Bool(),
  new Int8(),
  new Int64(),
  new Uint64(),
  new Decimal(2, 20),
  new Float32(),
  new Float64(),
  new DateDay(),
  new DateMillisecond(),
  new TimeMicrosecond(),
  new TimestampMillisecond('Europe/Paris'),
  new TimestampNanosecond(),
  new DurationSecond(),
];

/** Texts of cells of a type: many equal, or all different, some null. */
function cellsOf(type: DataType): fc.Arbitrary<(string | null)[]> {
  const levels = fc.array(textsOf(type), { minLength: 1, maxLength: 40 });
  return levels.chain((texts) =>
    fc.array(
      fc.oneof(
        { weight: 9, arbitrary: fc.constantFrom(...texts) },
        { weight: 1, arbitrary: fc.constant(null) },
      ),
      {
        minLength: 2,
        maxLength: 60,
      },
    ),
  );
}

function textsOf(type: DataType): fc.Arbitrary<string> {
  if (type instanceof Utf8 || type instanceof Dictionary) return fc.string({ maxLength: 3 });
  if (type instanceof Bool) return fc.boolean().map(String);
  if (type instanceof Float32) return fc.float().map((value) => String(value + 0));
  if (type instanceof Float64) return fc.double().map((value) => String(value + 0));
  if (type instanceof DateMillisecond) {
    return fc.integer({ min: -40_000, max: 40_000 }).map((day) => String(day * 86_400_000));
  }
  if (type instanceof DateDay) return fc.integer({ min: -40_000, max: 40_000 }).map(String);
  if (type instanceof TimeMicrosecond)
    return fc.integer({ min: 0, max: 86_399_999_999 }).map(String);
  const { minimum, maximum } = isWhole(type) ? wholeBounds(type) : { minimum: 0n, maximum: 1n };
  return fc
    .oneof(fc.bigInt(minimum, maximum), fc.bigInt(minimum / 1000n, maximum / 1000n))
    .map(String);
}

/** How rows are made that meet conditions, and how numbers are learned there. */
const makers = {
  'of a GAN': [makeMatchingBatch, 'gaussians'],
  'of an autoregressive model': [makeConditionedBatch, 'intervals'],
} as const;

type MakerName = keyof typeof makers;

/** Rows of a generator that knows nothing, under conditions. */
async function ask(
  type: DataType,
  cells: readonly (string | null)[],
  conditions: ValueConditions,
  maker: MakerName = 'of a GAN',
) {
  const [makeBatchOf, numbers] = makers[maker];
  const schema = new Schema([new Field('x', type, true)]);
  const batch = makeBatch(schema, [...column(type, cells).data], cells.length);
  const encoders = await inferEncoders(schema, [batch], {}, { numbers });
  const resolved = resolveConditions(conditions, 0.5, schema, encoders);
  const rows = 16;
  const layout = layoutOf(encoders);
  const make = async (
    random: ReturnType<typeof createRandom>,
    fill?: (feed: never, r: never) => void,
  ) => {
    fill?.(
      {
        condition: new Float32Array(rows * rowShape(layout).condition),
        wanted: new Float32Array(rows * rowShape(layout).onehots),
      } as never,
      random as never,
    );
    const values = Float32Array.from(
      { length: rows * layout.width },
      () => 2 * random.uniform() - 1,
    );
    return {
      outputs: { rows: { shape: [rows, layout.width], dtype: 'float32', values } },
    } as never;
  };
  const made = await makeBatchOf({ schema, encoders, rows, run: make }, resolved, createRandom(1));
  const column_ = columnOf([made.batch], 0);
  return column_ ? readTexts(column_) : [];
}

describe.each(Object.keys(makers) as MakerName[])('where, %s', (maker) => {
  it('should always give every row a value of the data, of whatever type', async () => {
    const table = fc.constantFrom(...types).chain((type) =>
      cellsOf(type).chain((cells) =>
        fc.record({
          type: fc.constant(type),
          cells: fc.constant(cells),
          wanted: fc.constantFrom(...cells),
        }),
      ),
    );
    await fc.assert(
      fc.asyncProperty(table, async ({ type, cells, wanted }) => {
        const value = wanted === null ? null : showText(type, wanted);

        const rows = await ask(type, cells, { where: { x: value } }, maker).catch(
          (error: unknown) => {
            expect(String(error)).toContain('not learned');
            return undefined;
          },
        );

        if (rows) expect(new Set(rows)).toEqual(new Set([wanted]));
      }),
      { numRuns: 200 },
    );
  });

  it('should always give exactly what it is asked for, or refuse it', async () => {
    const table = fc
      .constantFrom(...types)
      .chain((type) =>
        fc.record({ type: fc.constant(type), cells: cellsOf(type), wanted: textsOf(type) }),
      );
    await fc.assert(
      fc.asyncProperty(table, async ({ type, cells, wanted }) => {
        const act = ask(type, cells, { where: { x: showText(type, wanted) } }, maker);

        const rows = await act.catch((error: unknown) => {
          expect(error).toBeInstanceOf(InvalidOptionError);
          return undefined;
        });

        if (rows) expect(new Set(rows)).toEqual(new Set([wanted]));
      }),
      { numRuns: 200 },
    );
  });
});

describe('where', () => {
  it.each([
    ['10002', ['10001', '10003'], "10002. Did you mean '10001'?"],
    ['-7', ['10001', '10003'], "-7. Did you mean '10001'?"],
  ])('should refuse a level that is near to one: %s', async (wanted, levels, message) => {
    const cells = Array.from({ length: 60 }, (_, row) => levels[row % 2] as string);

    await expect(ask(new Int64(), cells, { where: { x: wanted } })).rejects.toThrow(message);
  });

  it('should say bounds as people write them', async () => {
    const cells = Array.from({ length: 60 }, (_, row) => String(18_300 + 7 * row));

    const act = ask(new DateDay(), cells, { where: { x: '2030-01-01' } });

    await expect(act).rejects.toThrow('2030-01-01. It had 2020-02-08 to 2021-03-27');
  });
});
