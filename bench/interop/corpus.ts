import type { DataType, RecordBatch } from 'apache-arrow';
import fc from 'fast-check';
import { describeType } from '../../src/data/schema/describe.js';
import {
  arrowOnlyDictionaryTypes,
  arrowOnlyTypes,
  dictionaryTypes,
  fixedTypes,
  variableTypes,
  viewTypes,
} from '../../src/testing/types.js';
import { arbitraryBatches } from '../../test/data/support/arbitrary-batches.js';

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
  return arbitraryBatches(fc.constant(type), {
    minColumns: 1,
    maxColumns: 1,
    maxRows,
    maxBatches: 3,
    instants: 'real',
  });
}
