import { type Data, type RecordBatch, Schema } from 'apache-arrow';
import { makeBatch } from '../../data/batches/batch.js';
import { assertColumns } from '../../data/schema/select-columns.js';
import { columnsOfTranslation, type TranslateOption } from '../families/translate-option.js';

/**
 * The columns that a translation is learned from, in the order that models have them in: a model
 * knows of no other, and serves every stream that has them.
 *
 * @throws SchemaError for a column that does not exist.
 */
export function translatedColumns(
  schema: Schema,
  batches: readonly RecordBatch[],
  translate: TranslateOption,
): { readonly schema: Schema; readonly batches: RecordBatch[] } {
  const names = columnsOfTranslation(translate);
  assertColumns(schema.names, names, 'the data, and translate names it');
  const places = names.map((name) => schema.fields.findIndex((field) => field.name === name));
  const selected = new Schema(places.map((place) => schema.fields[place] as Schema['fields'][0]));
  return {
    schema: selected,
    batches: batches.map(({ data, numRows }) =>
      makeBatch(
        selected,
        places.map((place) => data.children[place] as Data),
        numRows,
      ),
    ),
  };
}
