import type { Data, RecordBatch, Schema } from 'apache-arrow';
import { createChangeDetector } from './changes.js';

/** Columns, by place, that are constant in each entity of some batches, as far as these show. */
export function findAttributes(
  schema: Schema,
  batches: readonly RecordBatch[],
  by: readonly number[],
  orderBy: number | undefined,
): number[] {
  const detectors = schema.fields.map(createChangeDetector);
  const varies = schema.fields.map((_, column) => column === orderBy || by.includes(column));
  let [rows, entities] = [0, 0];
  for (const batch of batches) {
    const columns = batch.data.children as readonly Data[];
    const begins = new Uint8Array(batch.numRows);
    for (const column of by) {
      const changed = detectors[column]?.(columns[column] as Data) as Uint8Array;
      for (let row = 0; row < changed.length; row++) if (changed[row]) begins[row] = 1;
    }
    for (const [column, detect] of detectors.entries()) {
      if (varies[column]) continue;
      const changed = detect(columns[column] as Data);
      varies[column] = changed.some((each, row) => each === 1 && !begins[row]);
    }
    rows += batch.numRows;
    entities += begins.reduce((sum, each) => sum + each, 0);
  }
  // Where each entity has one row, nothing speaks for a column to be constant in it; and of no column
  // but attributes nobody could tell how many rows an entity has.
  if (rows === entities || varies.every((each, column) => !each || by.includes(column))) return [];
  return schema.fields.flatMap((_, column) => (varies[column] ? [] : [column]));
}
