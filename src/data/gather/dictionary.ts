import { type Data, type DataType, type Dictionary, Vector } from 'apache-arrow';
import { SchemaError } from '../../errors.js';
import { describeType } from '../describe.js';
import { type GatherData, growDictionary } from './dictionary-values.js';
import { gatherValues } from './fixed-width.js';
import type { Run } from './runs.js';

type Indices = { [row: number]: number | bigint; length: number };

/**
 * Indices and dictionary of gathered rows.
 *
 * The dictionary of source 0 comes first, unchanged, and its rows keep their indices; values that
 * rows of other sources refer to, and that it lacks, are appended.
 *
 * @param gatherData gathers dictionary values; handed in, since it calls this function in turn.
 * @throws SchemaError if the index type cannot count the values.
 */
export function gatherDictionary(
  type: DataType,
  sources: readonly Data[],
  runs: readonly Run[],
  gatherData: GatherData,
): { values: ArrayBufferView; dictionary: Vector } {
  const { indices, dictionary: valueType } = type as Dictionary;
  const values = gatherValues(indices, 1, sources, runs);
  const first = sources[0]?.dictionary ?? new Vector([gatherData(valueType, [], [])]);
  if (sources.every(({ dictionary }) => !dictionary || dictionary === first)) {
    return { values, dictionary: first };
  }
  const growing = growDictionary(first, gatherData);
  const places = values as unknown as Indices;
  const isBig = typeof places[0] === 'bigint';
  let row = 0;
  for (const { source, length } of runs) {
    const other = source === 0 ? undefined : sources[source]?.dictionary;
    for (const end = row + length; row < end; row++) {
      if (!other) continue;
      const place = growing.place(other, Number(places[row]));
      places[row] = isBig ? BigInt(place) : place;
    }
  }
  const dictionary = growing.grown();
  if (dictionary.length > capacity(indices)) throw tooMany(type, dictionary.length);
  return { values, dictionary };
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
