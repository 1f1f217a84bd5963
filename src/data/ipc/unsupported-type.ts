import { FormatError } from '../../errors.js';

/** Types of the Arrow format, by their number, that arrow-js cannot read. */
const unsupportedTypes: Readonly<Record<number, string>> = {
  22: 'run-end encoded',
  25: 'list view',
  26: 'large list view',
};
const highestType = 26;

/** A column has a type that arrow-js cannot read. */
export class UnsupportedType extends Error {}

/** Numbers are written with their highest byte first, which arrow-js takes for other numbers. */
export class UnsupportedByteOrder extends Error {}

/**
 * @param typeId number of a type in Arrow's Schema.fbs.
 * @throws UnsupportedType
 */
export function assertSupported(column: string, typeId: number): void {
  const name = unsupportedTypes[typeId];
  if (!name && typeId <= highestType) return;
  throw new UnsupportedType(`column '${column}' is of type ${name ?? `number ${typeId}`}`);
}

/** The error for a user, if `cause` is one of the above. */
export function explainUnsupported(what: string, cause: unknown): FormatError | undefined {
  if (cause instanceof UnsupportedByteOrder) {
    return new FormatError(
      `byte order cannot be read: ${what} (it is big-endian, as some mainframes write). Write it little-endian: pyarrow does when it reads and writes the file again`,
      { cause },
    );
  }
  if (!(cause instanceof UnsupportedType)) return undefined;
  return new FormatError(
    `type cannot be read: ${what} (${cause.message}, which apache-arrow for JavaScript lacks). ` +
      'Convert the column where the data is written.',
    { cause },
  );
}
