import type { RecordBatch } from 'apache-arrow';
import { batchesOf, type RowsInput } from '../columns/read.js';
import { takeRows } from '../columns/select.js';
import { findBases } from './bases.js';
import { type DrawRows, makerOf, type RowMaker } from './row-maker.js';
import { formTable, tableWriter } from './table-form.js';

/**
 * Rows drawn from the real ones with replacement: copies, which no measure of fidelity tells from
 * real rows and every measure of privacy should. What can be had without a model.
 *
 * @throws DataError for an input without rows.
 * @throws SchemaError for a column that can neither be modelled nor be null.
 */
export function fitBootstrap(real: RowsInput): RowMaker {
  return makerOf('bootstrap', openBootstrap(batchesOf(real, 'real')));
}

/**
 * Draws copies of rows, and of those that have the wanted cells where there are some. Columns that
 * name rows are made up or null, as in rows of every other maker.
 *
 * @param batches At least one row, of one schema.
 * @param kinds What each column is learned as. Default: what its type and cells say.
 */
export function openBootstrap(
  batches: readonly RecordBatch[],
  kinds?: readonly string[],
): DrawRows {
  const table = formTable(batches, kinds);
  const basesFor = findBases(table, batches);
  const write = tableWriter(table.schema, table.forms);
  return (rows, random, wanted = []) => {
    const draw = random.fork('bases');
    const chosen = new Int32Array(rows);
    let hits = 0;
    for (let row = 0; row < rows; row++) {
      const bases = basesFor(wanted, row);
      const place = draw.integer(bases.rows.length);
      chosen[row] = bases.rows[place] as number;
      hits += bases.isMet[place] as number;
    }
    return { batch: write(takeRows(table.rows, chosen), random, wanted), hits };
  };
}
