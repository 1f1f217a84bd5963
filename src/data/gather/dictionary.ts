import { type Data, type DataType, type Dictionary, Vector } from 'apache-arrow';
import { SchemaError } from '../../errors.js';
import { describeType } from '../schema/describe.js';
import { type GatherData, type GrowingDictionary, growDictionary } from './dictionary-values.js';
import { gatherValues } from './fixed-width.js';
import { listRuns, type RunList } from './runs.js';

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
  runs: RunList,
  gatherData: GatherData,
): { values: ArrayBufferView; dictionary: Vector } {
  const { indices, dictionary: valueType } = type as Dictionary;
  const values = gatherValues(indices, 1, sources, runs);
  const first = sources[0]?.dictionary ?? new Vector([gatherData(valueType, [], listRuns([]))]);
  if (sources.every(({ dictionary }) => !dictionary || dictionary === first)) {
    return { values, dictionary: first };
  }
  const growing = growDictionary(first, gatherData);
  movePlaces(values as unknown as Indices, sources, runs, growing);
  const dictionary = growing.grown();
  if (dictionary.length > capacity(indices)) throw tooMany(type, dictionary.length);
  return { values, dictionary };
}

/** Turns indices into the sources' own dictionaries into those of the growing one. */
function movePlaces(
  places: Indices,
  sources: readonly Data[],
  { count, sources: numbers, lengths }: RunList,
  growing: GrowingDictionary,
): void {
  const isBig = typeof places[0] === 'bigint';
  const others = sources.map(({ dictionary }, number) =>
    dictionary && number > 0 ? growing.translate(dictionary) : undefined,
  );
  let row = 0;
  for (let run = 0; run < count; run++) {
    const place = others[numbers[run] as number];
    const end = row + (lengths[run] as number);
    for (; place && row < end; row++) {
      const moved = place(Number(places[row]));
      places[row] = isBig ? BigInt(moved) : moved;
    }
    row = end;
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
