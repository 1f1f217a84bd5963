import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { DataType, RecordBatch } from 'apache-arrow';
import { readBatches } from '../../src/data/open.js';
import { collect } from '../../test/data/support/arbitrary-batches.js';
import { canonicalColumn, familyOf } from '../../test/data/support/canonical.js';
import type { Case } from './corpus.js';
import type { Outcome } from './outcomes.js';
import type { Line } from './peers.js';

/** What became of a file of ours that another library read. */
export function judgeReader({ batches }: Case, line: Extract<Line, { reader: string }>): Outcome {
  if ('error' in line) return { end: 'refused by them', why: line.error };
  const outcome = compare(line.rows, canonicalColumn(batches));
  const family = familyOf(typeOf(batches));
  if (outcome.end !== 'different' || line.family === family) return outcome;
  return { end: 'another type', why: `${line.family} for ${family}` };
}

/** What we read of a file that another library wrote: what it was to hold, or what pyarrow reads. */
export async function judgeWriter(
  directory: string,
  { batches }: Case,
  { file, error, back }: Extract<Line, { writer: string }>,
): Promise<Outcome> {
  if (error !== undefined) return { end: 'refused by them', why: error };
  try {
    const read = canonicalColumn(await collect(readBatches(join(directory, file))));
    const outcome = compare(read, canonicalColumn(batches));
    // They may have written something else, or nothing that can be read.
    if (outcome.end === 'equal' || !back) return outcome;
    if ('rows' in back) return compare(read, back.rows);
    return { end: 'refused by them', why: `pyarrow cannot read it either: ${back.error}` };
  } catch (cause) {
    const { name, message } = cause as Error;
    return { end: 'refused by us', why: `${name}: ${message.replace('ganAugment: ', '')}` };
  }
}

function typeOf(batches: readonly RecordBatch[]): DataType {
  return batches[0]?.schema.fields[0]?.type as DataType;
}

function compare(found: readonly unknown[], wanted: readonly unknown[]): Outcome {
  if (isDeepStrictEqual(found, wanted)) return { end: 'equal' };
  if (found.length !== wanted.length) {
    return { end: 'different', why: `${found.length} rows of ${wanted.length}` };
  }
  const row = wanted.findIndex((value, index) => !isDeepStrictEqual(value, found[index]));
  const [was, is] = [wanted[row], found[row]].map((value) => JSON.stringify(value));
  return { end: 'different', why: `${is} for ${was}` };
}
