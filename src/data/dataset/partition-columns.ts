import { type Data, Field, Int64, makeData, Utf8 } from 'apache-arrow';
import { InvalidOptionError, SchemaError } from '../../errors.js';
import type { PartitionKey } from './hive.js';
import type { DatasetFile } from './list-files.js';

/** What the values of a partition are read as. */
export type PartitionType = 'int64' | 'utf8';

const types = { int64: new Int64(), utf8: new Utf8() } as const;

/**
 * The columns that the partitions of all files make: of 64-bit integers where all values are such,
 * or of text. They are nullable, and in the order of the directories.
 *
 * @param chosen types of some of them.
 * @throws SchemaError if a file lies in other partitions than the first one.
 * @throws InvalidOptionError if a type is chosen for no partition, there is no such type, or a value
 *   is not of it.
 */
export function partitionFields(
  files: readonly DatasetFile[],
  chosen: Readonly<Record<string, PartitionType>> = {},
): Field[] {
  const names = files[0]?.keys.map(({ name }) => name) ?? [];
  for (const file of files) assertNames(file, names, files[0] as DatasetFile);
  for (const name of Object.keys(chosen)) {
    if (names.includes(name)) continue;
    throw new InvalidOptionError(
      `option 'partitionTypes' names no partition: '${name}'. There are ${names.join(', ') || 'none'}`,
    );
  }
  return names.map((name, index) => {
    const values = files.map(({ keys }) => (keys[index] as PartitionKey).value);
    return new Field(name, types[typeOf(name, values, chosen[name])], true);
  });
}

/** A column with one value in all rows. */
export function partitionColumn(field: Field, value: string | null, rows: number): Data {
  const isText = field.type instanceof Utf8;
  const validity =
    value === null
      ? { nullCount: rows, nullBitmap: new Uint8Array(Math.ceil(rows / 8)) }
      : { nullCount: 0 };
  if (!isText) {
    const data = new BigInt64Array(rows).fill(BigInt(value ?? 0));
    return makeData({ type: types.int64, length: rows, data, ...validity });
  }
  const bytes = Buffer.from(value ?? '');
  const valueOffsets = Int32Array.from({ length: rows + 1 }, (_, row) => row * bytes.length);
  const data = new Uint8Array(Buffer.alloc(rows * bytes.length, bytes));
  return makeData({ type: types.utf8, length: rows, valueOffsets, data, ...validity });
}

function assertNames({ path, keys }: DatasetFile, names: readonly string[], first: DatasetFile) {
  const own = keys.map(({ name }) => name);
  const isSame = own.length === names.length && own.every((name, k) => name === names[k]);
  if (isSame && new Set(own).size === own.length) return;
  const [here, there] = [own, names].map((each) => each.join(', ') || 'none');
  throw new SchemaError(
    `files of a dataset lie in other partitions: ${path} in (${here}), ${first.path} in (${there}). Give files with the same directories name=value, or partitioning: 'none'`,
  );
}

function typeOf(
  name: string,
  values: readonly (string | null)[],
  chosen?: PartitionType,
): PartitionType {
  const texts = values.filter((value) => value !== null);
  if (chosen === undefined) {
    // A zero in front is part of a code, such as a postcode, and would be lost.
    const isNumber = (text: string) => isInt64(text) && String(BigInt(text)) === text;
    return texts.length > 0 && texts.every(isNumber) ? 'int64' : 'utf8';
  }
  if (!Object.hasOwn(types, chosen)) {
    throw new InvalidOptionError(
      `option 'partitionTypes' must be int64 or utf8: ${chosen} for '${name}'. Leave it out to infer it`,
    );
  }
  const odd = chosen === 'int64' ? texts.find((value) => !isInt64(value)) : undefined;
  if (odd === undefined) return chosen;
  throw new InvalidOptionError(
    `partition '${name}' is not of type int64: '${odd}'. Read it as utf8`,
  );
}

function isInt64(text: string): boolean {
  return /^-?\d{1,30}$/.test(text) && BigInt.asIntN(64, BigInt(text)) === BigInt(text);
}
