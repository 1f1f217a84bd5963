import { DataType, type Field, Precision, type Schema } from 'apache-arrow';
import { SchemaError } from '../../errors.js';
import { closestName } from '../../options/closest-name.js';

/** Places of named columns. @throws SchemaError for a name that is no column. */
export function columnPlaces(schema: Schema, names: readonly string[], option: string): number[] {
  const known = schema.fields.map(({ name }) => name);
  return names.map((name) => {
    const place = known.indexOf(name);
    if (place >= 0) return place;
    const closest = closestName(name, known);
    throw new SchemaError(
      `${option} names a column that does not exist: '${name}'. ` +
        `${closest === undefined ? '' : `Did you mean '${closest}'? `}Columns: ${known.join(', ')}`,
    );
  });
}

/** Refuses to order by what has no order: texts, decimals, and nested types. @throws SchemaError */
export function checkOrderColumn({ name, type }: Field): void {
  const isOrdered =
    DataType.isInt(type) ||
    (DataType.isFloat(type) && type.precision !== Precision.HALF) ||
    DataType.isDate(type) ||
    DataType.isTime(type) ||
    DataType.isTimestamp(type) ||
    DataType.isDuration(type);
  if (isOrdered) return;
  throw new SchemaError(
    `orderBy must be a column of whole numbers, floats, dates or times: '${name}' is ${type}. ` +
      'Convert it, or leave orderBy out if the rows lie in order',
  );
}
