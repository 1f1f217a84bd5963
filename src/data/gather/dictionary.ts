import { type Data, type DataType, type Dictionary, Vector } from 'apache-arrow';
import { SchemaError } from '../../errors.js';
import { describeType } from '../describe.js';
import { extendDictionary, type GatherData, sameDictionary } from './dictionary-values.js';
import { gatherValues } from './fixed-width.js';
import type { Run } from './runs.js';

type Indices = { [row: number]: number | bigint; length: number };

/**
 * Indices and dictionary of gathered rows.
 *
 * The dictionary of source 0 comes first, unchanged, and its rows keep their indices; values of
 * other dictionaries that it lacks are appended as a new chunk.
 *
 * @param gatherData gathers dictionary values; handed in, since it calls this function in turn.
 * @throws SchemaError if the index type cannot count the values of all dictionaries.
 */
export function gatherDictionary(
  type: DataType,
  sources: readonly Data[],
  runs: readonly Run[],
  gatherData: GatherData,
): { values: ArrayBufferView; dictionary: Vector } {
  const { indices, dictionary: valueType } = type as Dictionary;
  const values = gatherValues(indices, 1, sources, runs);
  let dictionary = sources[0]?.dictionary ?? new Vector([gatherData(valueType, [], [])]);
  const translations = new Map<number, Int32Array>();
  for (const [index, { dictionary: other }] of sources.entries()) {
    const used = runs.some((run) => run.source === index && run.length > 0);
    if (index === 0 || !used || !other || sameDictionary(dictionary, other)) continue;
    const extended = extendDictionary(dictionary, other, gatherData);
    dictionary = extended.dictionary;
    translations.set(index, extended.translation);
  }
  if (dictionary.length > capacity(indices)) throw tooMany(type, dictionary.length);
  translate(values as unknown as Indices, runs, translations);
  return { values, dictionary };
}

function translate(
  values: Indices,
  runs: readonly Run[],
  translations: Map<number, Int32Array>,
): void {
  const isBig = typeof values[0] === 'bigint';
  let row = 0;
  for (const run of runs) {
    const translation = translations.get(run.source);
    for (let k = 0; k < run.length && translation; k++) {
      // The index of a null may be anything.
      const index = translation[Number(values[row + k])] ?? 0;
      values[row + k] = isBig ? BigInt(index) : index;
    }
    row += run.length;
  }
}

function capacity(indices: DataType & { bitWidth: number; isSigned: boolean }): number {
  return 2 ** (indices.isSigned ? indices.bitWidth - 1 : indices.bitWidth);
}

function tooMany(type: DataType, count: number): SchemaError {
  return new SchemaError(
    `dictionaries of several batches together have too many values for ${describeType(type)}: ${count}. ` +
      'Use a wider index type.',
  );
}
