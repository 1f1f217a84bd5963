import type { Field, RecordBatch, Schema } from 'apache-arrow';
import { readTexts } from '../../encode/cells/column-texts.js';
import { columnOf } from '../../encode/table.js';
import { SchemaError } from '../../errors.js';
import type { Shares } from '../mixing/shares.js';
import { classTexts } from './check-classes.js';

/** Gives the class of each row of a batch, as a place in the list of ratios. */
export type Classifier = (batch: RecordBatch) => Uint16Array;

/**
 * Tells the rows of a schema apart by the classes of the shares; undefined where all count alike.
 *
 * @throws SchemaError when the schema lacks the column.
 * @throws InvalidOptionError for a class that no cell of it can be.
 */
export function createClassifier(schema: Schema, shares: Shares): Classifier | undefined {
  const { column, classes } = shares;
  if (column === undefined) return undefined;
  const index = schema.fields.findIndex(({ name }) => name === column);
  if (index < 0) {
    const names = schema.fields.map(({ name }) => name).join(', ');
    throw new SchemaError(`ratio.column '${column}' does not exist: the columns are ${names}`);
  }
  const texts = classTexts(schema.fields[index] as Field, shares);
  const places = new Map(texts.map((text, place) => [text, place]));
  return (batch) => {
    const vector = batch.numRows > 0 ? columnOf([batch], index) : undefined;
    const texts = vector ? readTexts(vector) : [];
    return Uint16Array.from(texts, (text) =>
      text === null ? classes.length : (places.get(text) ?? classes.length),
    );
  };
}
