import type { RecordBatch, Schema } from 'apache-arrow';
import { rebindBatch } from '../../data/batches/batch.js';
import type { Rereadable } from '../../data/batches/rereadable.js';
import { selectRows } from '../../data/batches/row-selection.js';
import { ofOneSchema } from '../../data/schema/one-schema.js';
import { assertSameSchema } from '../../data/schema/schema.js';
import { readTexts } from '../../encode/cells/column-texts.js';
import { isTextable } from '../../encode/cells/column-types.js';
import { columnOf } from '../../encode/table.js';
import { DataError } from '../../errors.js';
import { createRandom, type Random, type Seed } from '../../random.js';
import { abortable } from '../../threads/abortable.js';
import { closeOnAbort } from '../../threads/close-on-abort.js';
import { surveyClasses } from './rare-classes.js';
import { mergeRows, spreadRows } from './spread-rows.js';

/** Rows that stand for a whole source. */
export interface EvenSample {
  readonly batches: readonly RecordBatch[];
  readonly rows: number;
  /** Rows of the source. */
  readonly of: number;
}

/** What to draw of a source. */
export interface EvenSampleOptions {
  readonly schema: Schema;
  /** Rows, at most. */
  readonly size: number;
  /** The column of classes of which some rows are to be in the sample, however rare they are. */
  readonly target: string | undefined;
  readonly seed: Seed;
  readonly signal: AbortSignal | undefined;
}

/**
 * Draws rows of a source evenly, by reading it once more: first to know how many rows it has, which
 * files of Parquet say by themselves, and the classes of `target`; then the rows. Which rows these are
 * depends on the seed, their number and the classes, not on how they lie in batches and files.
 *
 * @throws DataError if the source has fewer rows when it is read again; the source's errors.
 */
export async function sampleAgain(
  again: Rereadable,
  { schema, size, target, seed, signal }: EvenSampleOptions,
): Promise<EvenSample> {
  const random = createRandom(seed).fork('even');
  const field = schema.fields.find(({ name }) => name === target);
  const classes = field && isTextable(field.type) ? field.name : undefined;
  const { rows, rare } = await survey(again, size, classes, random.fork('classes'), signal);
  const isAll = rows <= size;
  const spread = spreadRows(rows, isAll ? size : size - rare.length, random.fork('rows'));
  const wanted = selectRows(isAll ? spread : mergeRows(spread, rare));
  const batches: RecordBatch[] = [];
  let found = 0;
  const read = again.read({ rows: wanted, signal });
  for await (const batch of ofOneSchema(abortable(closeOnAbort(read, signal), signal))) {
    if (batch.numRows === 0) continue;
    assertSameSchema(schema, batch.schema, 'the source, read again');
    batches.push(rebindBatch(schema, batch));
    found += batch.numRows;
  }
  if (found < wanted.rows) {
    throw new DataError(
      `source has changed while it was read: ${found} of ${wanted.rows} rows are still there. ` +
        "Read a copy that stays as it is, or say fit: { sample: 'first' }",
    );
  }
  return { batches, rows: found, of: rows };
}

/** How many rows there are, and which are needed so that no class is lost. */
async function survey(
  again: Rereadable,
  size: number,
  target: string | undefined,
  random: Random,
  signal: AbortSignal | undefined,
): Promise<{ rows: number; rare: number[] }> {
  const known = target === undefined ? await again.count(signal) : undefined;
  if (known !== undefined) return { rows: known, rare: [] };
  const columns = target === undefined ? undefined : [target];
  const classes = surveyClasses(size, random);
  let rows = 0;
  for await (const batch of abortable(
    closeOnAbort(again.read({ columns, signal }), signal),
    signal,
  )) {
    rows += batch.numRows;
    const vector = target === undefined ? undefined : columnOf([batch], 0);
    if (vector) classes.add(readTexts(vector));
  }
  return { rows, rare: rows > size ? classes.rowsOfRareClasses(size) : [] };
}
