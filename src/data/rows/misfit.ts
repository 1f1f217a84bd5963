import { inspect } from 'node:util';
import type { DataType } from 'apache-arrow';
import { DataError } from '../../errors.js';
import { describeType } from '../schema/describe.js';

/** Where values are: for messages. */
export interface ColumnPlace {
  /** The key, or keys on the way to it: 'address.city'. */
  readonly name: string;
  /** The number of the row that a value belongs to. */
  readonly rowOf: (index: number) => number;
  /** Whether the type was told, and not found in the first rows. */
  readonly told: boolean;
  /** The error for a value that does not fit, where values are not those of rows. */
  readonly misfit?: (value: string, type: string) => DataError;
}

/** An error for a value that does not fit its column. */
export function misfit(
  type: DataType,
  value: unknown,
  index: number,
  place: ColumnPlace,
): DataError {
  const { name, rowOf, told } = place;
  const wanted = describeType(type);
  const shown = inspect(value, { depth: 0, maxStringLength: 40, breakLength: Infinity });
  if (place.misfit) return place.misfit(shown, wanted);
  const key = JSON.stringify(name);
  const remedy = told
    ? 'Convert it, or tell another type'
    : `The type was found in the first rows: tell another one, types: { ${key}: 'utf8' }, or raise sample`;
  return new DataError(
    `row ${rowOf(index)} does not fit: ${shown} under key '${name}' (the column is ${wanted}). ${remedy}`,
  );
}

/** An error for a null where the column allows none. */
export function missing(type: DataType, index: number, { name, rowOf }: ColumnPlace): DataError {
  return new DataError(
    `row ${rowOf(index)} does not fit: nothing under key '${name}' (the column is ${describeType(type)} and allows no null). Give the value, or make the column nullable`,
  );
}
