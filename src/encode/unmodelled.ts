import type { Field } from 'apache-arrow';
import { InvalidOptionError, SchemaError } from '../errors.js';
import { buildNulls, canBeNull } from './columns/null-column.js';
import type { ColumnEncoder } from './encoder.js';

/** What a synthetic row holds where a column cannot be learned: null; or none is made, and that is an error. */
export type UnmodelledChoice = 'null' | 'refuse';

const choices: readonly unknown[] = ['null', 'refuse'] satisfies UnmodelledChoice[];

/** Refuses what is no choice; `option` names it. @throws InvalidOptionError */
export function checkUnmodelledChoice(choice: unknown, option: string): void {
  if (choice === undefined || choices.includes(choice)) return;
  throw new InvalidOptionError(`${option} must be one of ${choices.join(', ')}: ${String(choice)}`);
}

/**
 * The error for a column that cannot be learned where the user wants none of these.
 *
 * @param reason Why it cannot. Default: its type.
 */
export function refusedColumn({ name, type }: Field, reason = String(type)): SchemaError {
  return new SchemaError(
    `column '${name}' cannot be learned, and was not to be null in synthetic rows: ${reason}. ` +
      `Drop the column, or allow nulls: columns: { ${JSON.stringify(name)}: { kind: 'null' } }`,
  );
}

/**
 * An encoder that learns nothing and makes nulls: for columns that are all null ('null'), and for
 * types that cannot be learned, such as nested and binary ones ('unmodelled').
 *
 * Throws a SchemaError if the field cannot be null.
 */
export function unmodelled(field: Field, kind: 'null' | 'unmodelled'): ColumnEncoder {
  if (!canBeNull(field)) {
    throw new SchemaError(
      `column '${field.name}' cannot be learned, and cannot be null in synthetic rows: ` +
        `${field.type}, not nullable. Drop the column, or declare it nullable`,
    );
  }
  return {
    kind,
    spans: [],
    encode: () => [],
    decode: (_, rows) => buildNulls(field.type, rows),
    toJSON: () => ({ kind }),
  };
}
