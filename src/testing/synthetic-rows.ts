import { DataType, type RecordBatch, type Schema, Vector } from 'apache-arrow';
import { readTexts } from '../encode/cells/column-texts.js';
import { SchemaError } from '../errors.js';
import { cellText } from '../gan/conditions/cell-text.js';
import type { ConditionOptions } from '../gan/conditions/options.js';
import { isRange, resolveRange, rowsInRanges, showRange } from '../gan/conditions/ranges.js';
import { GuaranteeError } from './guarantee-error.js';
import type { RowReader } from './row-reader.js';

/** Raises unless a row of the output may be synthetic. */
export type CheckSynthetic = (row: number) => void;

/**
 * What holds for each synthetic row: no null where the column allows none, and the values of `where`.
 *
 * @throws SchemaError where `where` names a column that is not there.
 */
export function createSyntheticCheck(
  schema: Schema,
  out: readonly RecordBatch[],
  rows: RowReader,
  where: ConditionOptions['where'] = {},
): CheckSynthetic {
  const required = schema.fields.flatMap((field, column) =>
    field.nullable || DataType.isNull(field.type) ? [] : [{ column, name: field.name }],
  );
  const conditions = Object.entries(where).map(([name, value]) => {
    const column = schema.fields.findIndex((field) => field.name === name);
    const field = schema.fields[column];
    if (!field) throw new SchemaError(`where.${name} is no column of the real rows`);
    if (isRange(value)) {
      const range = resolveRange(field, column, value);
      const inside = out.flatMap((batch) => rowsInRanges(batch, [range]));
      return { name, column, wanted: showRange(range), isMet: (row: number) => inside[row] };
    }
    const cells = out.flatMap((batch) => {
      const [data] = [batch.data.children[column]];
      return data && batch.numRows > 0 ? readTexts(new Vector([data])) : [];
    });
    const wanted = cellText(field, value);
    return { name, column, wanted, isMet: (row: number) => cells[row] === wanted };
  });
  return (row) => {
    const cells = rows.cells(row);
    const missing = required.find(({ column }) => cells[column] === null);
    if (missing) {
      throw new GuaranteeError('is null in a synthetic row, and the column allows no null', {
        row,
        column: missing.name,
      });
    }
    const unmet = conditions.find(({ isMet }) => !isMet(row));
    if (!unmet) return;
    throw new GuaranteeError(
      `${rows.text(row, unmet.column)} in a synthetic row, and \`where\` asks for ${unmet.wanted}`,
      { row, column: unmet.name },
    );
  };
}
