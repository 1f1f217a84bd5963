import type { DataType } from 'apache-arrow';
import fc from 'fast-check';
import {
  arrowOnlyDictionaryTypes,
  arrowOnlyTypes,
  dictionaryTypes,
  fixedTypes,
  variableTypes,
  viewTypes,
} from './types.js';

/** Random types that Parquet holds and gives back, dictionaries and nested types among them. */
export const parquetTypes: fc.Arbitrary<DataType> = fc.oneof(
  fc.constantFrom(...fixedTypes),
  fc.constantFrom(...variableTypes),
  fc.constantFrom(...dictionaryTypes).map((make) => make()),
);

/** Random types of Arrow, all of them: those of Parquet, and unions, views and more. */
export const arrowTypes: fc.Arbitrary<DataType> = fc.oneof(
  { weight: 3, arbitrary: parquetTypes },
  { weight: 1, arbitrary: fc.constantFrom(...arrowOnlyTypes) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(...viewTypes, ...arrowOnlyDictionaryTypes).map((make) => make()),
  },
);
