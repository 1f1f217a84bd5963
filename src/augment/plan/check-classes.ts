import type { Field, RecordBatch, Schema } from 'apache-arrow';
import { readTexts } from '../../encode/cells/column-texts.js';
import { columnOf } from '../../encode/table.js';
import { unknownLevel, unknownValue } from '../../encode/values/known-values.js';
import { exampleOf, showText, textOfValue } from '../../encode/values/value.js';
import { InvalidOptionError } from '../../errors.js';
import type { Model } from '../../gan/model/model.js';
import type { Shares } from '../mixing/shares.js';

/**
 * The classes of a ratio as texts of the column's cells (see `readTexts`): they are written as the
 * values of `where` are.
 *
 * @throws InvalidOptionError for a class that no cell of the type can be.
 */
export function classTexts({ type }: Field, { column, classes }: Shares): string[] {
  return classes.map((name) => {
    const text = textOfValue(type, name);
    if (text !== undefined) return text;
    throw new InvalidOptionError(
      `ratio.classes['${name}'] does not fit the type of column '${column}', ${type}. ` +
        `Write it like ${exampleOf(type)}`,
    );
  });
}

/**
 * Refuses classes of a ratio that are not among the rows to train on: no model of them makes such rows.
 *
 * @throws InvalidOptionError with the closest class that there is.
 */
export function checkClassesInRows(
  schema: Schema,
  shares: Shares,
  batches: readonly RecordBatch[],
): void {
  const place = schema.fields.findIndex(({ name }) => name === shares.column);
  const vector = place < 0 ? undefined : columnOf(batches, place);
  if (!vector) return;
  const levels = [...new Set(readTexts(vector))];
  const field = schema.fields[place] as Field;
  refuseUnknown(field, shares, (text) => unknownLevel(field.type, levels, text));
}

/** The same of a model that is there; columns that follow rules are left to the rows that it makes. */
export function checkClassesOfModel({ schema, encoders, manifest }: Model, shares: Shares): void {
  const place = schema.fields.findIndex(({ name }) => name === shares.column);
  const [field, encoder] = [schema.fields[place], encoders[place]];
  const isRuled = manifest.rules?.some(({ columns }) => columns.includes(shares.column ?? ''));
  if (!field || !encoder || isRuled) return;
  refuseUnknown(field, shares, (text) => unknownValue(field, encoder, text));
}

function refuseUnknown(
  field: Field,
  shares: Shares,
  reasonOf: (text: string) => string | undefined,
): void {
  for (const text of classTexts(field, shares)) {
    const reason = reasonOf(text);
    if (reason === undefined) continue;
    throw new InvalidOptionError(
      `ratio.classes names a class that column '${field.name}' does not have in the rows to train ` +
        `on: '${showText(field.type, text)}'. ${reason}`,
    );
  }
}
