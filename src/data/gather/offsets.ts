import type { Data, DataType } from 'apache-arrow';
import { SchemaError } from '../../errors.js';
import { describeType } from '../describe.js';
import { countRows, type Run, shortRun, sourceOf } from './runs.js';

/** Offsets of gathered rows, and the runs of child rows (or of bytes) that they refer to. */
export interface GatheredOffsets {
  readonly valueOffsets: Int32Array | BigInt64Array;
  readonly childRuns: Run[];
}

/**
 * Rebuilds the offsets of a column of strings, binaries, lists or maps.
 *
 * @throws SchemaError if the values outgrow 32-bit offsets.
 */
export function gatherOffsets(
  type: DataType,
  sources: readonly Data[],
  runs: readonly Run[],
): GatheredOffsets {
  const valueOffsets: Int32Array | BigInt64Array = new type.OffsetArrayType(countRows(runs) + 1);
  const childRuns: Run[] = [];
  let row = 0;
  let end = 0;
  for (const run of runs) {
    const source = sourceOf(sources, run);
    // The offsets of no rows may be no offsets at all.
    if (run.length === 0) continue;
    const offsets: Int32Array | BigInt64Array = source.valueOffsets;
    const start = Number(offsets[run.start]);
    const shift = end - start;
    const stop = Number(offsets[run.start + run.length]);
    if (valueOffsets instanceof Int32Array) {
      if (stop + shift > 2 ** 31 - 1) throw tooLong(type);
      for (let k = 1; k <= run.length; k++) {
        valueOffsets[row + k] = ((offsets as Int32Array)[run.start + k] as number) + shift;
      }
    } else {
      const bigShift = BigInt(shift);
      for (let k = 1; k <= run.length; k++) {
        valueOffsets[row + k] = BigInt(offsets[run.start + k] as bigint) + bigShift;
      }
    }
    childRuns.push({ source: run.source, start, length: stop - start });
    row += run.length;
    end = stop + shift;
  }
  return { valueOffsets, childRuns };
}

/** The bytes of gathered strings or binaries. */
export function gatherBytes(sources: readonly Data[], byteRuns: readonly Run[]): Uint8Array {
  const target = new Uint8Array(countRows(byteRuns));
  let position = 0;
  for (const { source, start, length } of byteRuns) {
    const values: Uint8Array | undefined = sources[source]?.values;
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
