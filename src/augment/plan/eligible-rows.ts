import type { RecordBatch, Schema } from 'apache-arrow';
import { assertColumns } from '../../data/schema/select-columns.js';
import { readTexts } from '../../encode/cells/column-texts.js';
import { columnOf } from '../../encode/table.js';
import { textOfValue } from '../../encode/values/value.js';
import { InvalidOptionError } from '../../errors.js';
import {
  columnsOfTranslation,
  isDomainTranslation,
  type TranslateOption,
} from '../../gan/families/translate-option.js';
import type { Translation } from '../../gan/sampling/translation.js';

/** Says of each row of a batch whether it can be translated, 1 or 0. */
export type Eligibility = (batch: RecordBatch) => Uint8Array;

/** The rows that a model translates: those with a tensor to read, and of the domain that it reads. */
export function eligibleRows(schema: Schema, { source, domain }: Translation): Eligibility {
  return eligible(schema, source, domain && [domain.column, (text) => text === domain.from]);
}

/**
 * The same before there is a model.
 *
 * @throws SchemaError for a column that does not exist; InvalidOptionError for a domain that no cell of
 * the column can be.
 */
export function expectedRows(schema: Schema, translate: TranslateOption): Eligibility {
  assertColumns(
    schema.names,
    columnsOfTranslation(translate),
    'the stream, and translate names it',
  );
  if (!isDomainTranslation(translate)) return eligible(schema, translate.from);
  const { column, domain, from, to } = translate;
  const levelText = (value: string | number | boolean, option: string): string => {
    const type = schema.fields.find(({ name }) => name === domain)?.type;
    const text = type && textOfValue(type, value);
    if (text !== undefined) return text;
    throw new InvalidOptionError(
      `translate.${option} does not fit the type of column '${domain}', ${type}: ${value}. Write it ` +
        "like one of the column's values",
    );
  };
  const target = levelText(to, 'to');
  const wanted = from === undefined ? undefined : levelText(from, 'from');
  return eligible(schema, column, [
    domain,
    (text) => (wanted === undefined ? text !== target : text === wanted),
  ]);
}

function eligible(
  { fields }: Schema,
  source: string,
  domain?: readonly [column: string, isRead: (text: string) => boolean],
): Eligibility {
  const placeOf = (column: string) => fields.findIndex(({ name }) => name === column);
  const tensors = placeOf(source);
  return (batch) => {
    const rows = new Uint8Array(batch.numRows).fill(1);
    const vector = batch.numRows > 0 ? columnOf([batch], tensors) : undefined;
    if (vector && vector.nullCount > 0) {
      for (let row = 0; row < rows.length; row++) if (!vector.isValid(row)) rows[row] = 0;
    }
    if (!domain || !vector) return rows;
    const [column, isRead] = domain;
    const levels = columnOf([batch], placeOf(column));
    for (const [row, text] of (levels ? readTexts(levels) : []).entries()) {
      if (text === null || !isRead(text)) rows[row] = 0;
    }
    return rows;
  };
}
