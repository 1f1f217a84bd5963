import type { Data, RecordBatch, Schema } from 'apache-arrow';
import { makeBatch } from '../../data/batches/batch.js';
import { selectSchema } from '../../data/schema/select-columns.js';
import { holdsPictures } from '../../encode/pictures/picture-reader.js';
import { InvalidOptionError } from '../../errors.js';
import { isDomainTranslation, type TranslateOption } from '../../gan/families/translate-option.js';
import type { Model } from '../../gan/model/model.js';
import { translationOf } from '../../gan/sampling/translation.js';

/** The column of tensors that is made anew in derived rows; undefined for rows from noise. */
export function madeColumn(
  translate: TranslateOption | undefined,
  model: Model | undefined,
): string | undefined {
  if (!translate) return model && translationOf(model)?.made;
  return isDomainTranslation(translate) ? translate.column : translate.to;
}

/**
 * Refuses to measure derived rows by what is not made anew in them: the rest of such a row is that of a
 * real one, and says nothing of whether it helps.
 *
 * @throws InvalidOptionError
 */
export function checkIsSeen({ fields }: Schema, made: string): void {
  const field = fields.find(({ name }) => name === made);
  if (!field || holdsPictures(field)) return;
  throw new InvalidOptionError(
    `the gate cannot measure what is made anew in '${made}': its downstream model sees images of 1 to 4 ` +
      `channels, and that column is ${field.type}. Leave gate out, and measure with a model of your own`,
  );
}

/**
 * Rows as the gate's downstream model is to see them: it looks at the first column of images, and of
 * derived rows that must be the one which is made anew.
 */
export function visibleRows(batches: readonly RecordBatch[], made: string): RecordBatch[] {
  const [first] = batches;
  if (!first) return [];
  const names = first.schema.fields
    .filter((field) => field.name === made || !holdsPictures(field))
    .map(({ name }) => name);
  const schema = selectSchema(first.schema, names);
  return batches.map(({ schema: { fields }, data, numRows }) => {
    const columns = data.children.filter((_, place) => names.includes(fields[place]?.name ?? ''));
    return makeBatch(schema, columns as Data[], numRows);
  });
}
