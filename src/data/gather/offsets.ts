import type { Data, DataType } from 'apache-arrow';
import { SchemaError } from '../../errors.js';
import { describeType } from '../schema/describe.js';
import { createRunList, type RunList, shortRun } from './runs.js';

/** Offsets of gathered rows, and the runs of child rows (or of bytes) that they refer to. */
export interface GatheredOffsets {
  readonly valueOffsets: Int32Array | BigInt64Array;
  readonly childRuns: RunList;
}

/**
 * Rebuilds the offsets of a column of strings, binaries, lists or maps.
 *
 * @throws SchemaError if the values outgrow 32-bit offsets.
 */
export function gatherOffsets(
  type: DataType,
  sources: readonly Data[],
  { count, rows, sources: numbers, starts, lengths }: RunList,
): GatheredOffsets {
  const valueOffsets: Int32Array | BigInt64Array = new type.OffsetArrayType(rows + 1);
  const isNarrow = valueOffsets instanceof Int32Array;
  const childRuns = createRunList(count);
  let row = 0;
  let end = 0;
  for (let run = 0; run < count; run++) {
    const number = numbers[run] as number;
    const { valueOffsets: offsets } = sources[number] as Data;
    const from = starts[run] as number;
    const length = lengths[run] as number;
    const start = Number(offsets[from]);
    const stop = Number(offsets[from + length]);
    const shift = end - start;
    if (isNarrow) {
      if (stop + shift > 2 ** 31 - 1) throw tooLong(type);
      moveOffsets(valueOffsets, row, offsets as Int32Array, from, length, shift);
    } else {
      const bigShift = BigInt(shift);
      for (let k = 1; k <= length; k++) {
        valueOffsets[row + k] = BigInt(offsets[from + k] as bigint) + bigShift;
      }
    }
    childRuns.add(number, start, stop - start);
    row += length;
    end = stop + shift;
  }
  return { valueOffsets, childRuns };
}

function moveOffsets(
  target: Int32Array,
  row: number,
  offsets: Int32Array,
  from: number,
  length: number,
  shift: number,
): void {
  for (let k = 1; k <= length; k++) target[row + k] = (offsets[from + k] as number) + shift;
}

/** The bytes of gathered strings or binaries. */
export function gatherBytes(
  sources: readonly Data[],
  { count, rows, sources: numbers, starts, lengths }: RunList,
): Uint8Array {
  const target = new Uint8Array(rows);
  const bytes = sources.map(({ values }): Uint8Array | undefined => values);
  let position = 0;
  for (let run = 0; run < count; run++) {
    const values = bytes[numbers[run] as number];
    const start = starts[run] as number;
    const length = lengths[run] as number;
    if (values && length > shortRun) {
      target.set(values.subarray(start, start + length), position);
    } else if (values) {
      for (let k = 0; k < length; k++) target[position + k] = values[start + k] as number;
    }
    position += length;
  }
  return target;
}

function tooLong(type: DataType): SchemaError {
  return new SchemaError(
    `one batch cannot hold more than 2^31 bytes or items of type: ${describeType(type)}. ` +
      'Use smaller batches, or the large variant of the type.',
  );
}
