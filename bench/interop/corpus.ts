import {
  DataType,
  DateUnit,
  Field,
  makeData,
  type RecordBatch,
  Schema,
  TimeUnit,
} from 'apache-arrow';
import fc from 'fast-check';
import { makeBatch } from '../../src/data/batch.js';
import { describeType } from '../../src/data/describe.js';
import { arbitraryBatches } from '../../test/data/support/arbitrary-batches.js';
import {
  arrowOnlyDictionaryTypes,
  arrowOnlyTypes,
  dictionaryTypes,
  fixedTypes,
  variableTypes,
  viewTypes,
} from '../../test/data/support/types.js';

/** Batches of one column of one type. */
export interface Case {
  readonly name: string;
  readonly type: string;
  readonly batches: readonly RecordBatch[];
}

const types: readonly (() => DataType)[] = [
  ...[...fixedTypes, ...variableTypes, ...arrowOnlyTypes].map((type) => () => type),
  ...viewTypes,
  ...dictionaryTypes,
  ...arrowOnlyDictionaryTypes,
];

/** Random batches of every type: `sets` few rows, and as many with hundreds. */
export function corpus(sets: number, seed: number): Case[] {
  return types.flatMap((make, number) =>
    Array.from({ length: 2 * sets }, (_, set) => {
      const type = make();
      const [batches] = fc.sample(casesOf(type, set < sets ? 20 : 400), {
        seed: seed + number * 1000 + set,
        numRuns: 1,
      });
      return { name: `t${number}-${set}`, type: describeType(type), batches: batches ?? [] };
    }),
  );
}

function casesOf(type: DataType, maxRows: number): fc.Arbitrary<RecordBatch[]> {
  const options = { minColumns: 1, maxColumns: 1, maxRows, maxBatches: 3 };
  const any = arbitraryBatches(fc.constant(type), options);
  const most = largest(type);
  if (most === undefined) return any;
  return fc.array(numbers(type, most, maxRows), { minLength: 1, maxLength: 3 });
}

/**
 * The largest number in a column of times or integers, where not all bits are good: a time is within
 * a day, and a timestamp one that still has nanoseconds, so that other libraries can convert it.
 */
function largest(type: DataType): bigint | undefined {
  if (DataType.isTimestamp(type) || DataType.isDuration(type)) {
    return (2n ** 63n - 1n) / (perSecond(TimeUnit.NANOSECOND) / perSecond(type.unit));
  }
  if (DataType.isTime(type)) return 86_400n * perSecond(type.unit) - 1n;
  if (DataType.isDate(type)) return 2_900_000n;
  return undefined;
}

function perSecond(unit: TimeUnit): bigint {
  return 1000n ** BigInt(unit);
}

function numbers(type: DataType, most: bigint, maxRows: number): fc.Arbitrary<RecordBatch> {
  const factor = DataType.isDate(type) && type.unit === DateUnit.MILLISECOND ? 86_400_000n : 1n;
  const min = DataType.isTime(type) ? 0n : -most;
  const schema = new Schema([new Field('c0', type, true)]);
  const rows = fc.record({ value: fc.bigInt({ min, max: most }), there: fc.boolean() });
  return fc.array(rows, { minLength: 1, maxLength: maxRows }).map((each) => {
    const values = each.map(({ value }) => value * factor);
    const isBig = type.ArrayType === BigInt64Array;
    const nullBitmap = new Uint8Array(Math.ceil(each.length / 8));
    for (const [row, { there }] of each.entries()) {
      if (there) nullBitmap[row >> 3] = (nullBitmap[row >> 3] as number) | (1 << (row & 7));
    }
    const data = isBig ? BigInt64Array.from(values) : Int32Array.from(values, Number);
    const nullCount = each.filter(({ there }) => !there).length;
    const column = makeData({ type, length: each.length, data, nullBitmap, nullCount } as never);
    return makeBatch(schema, [column], each.length);
  });
}
