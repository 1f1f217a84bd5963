import type { Schema } from 'apache-arrow';

const entries = new WeakMap<Schema, () => Readonly<Record<string, string>>>();

/**
 * Has `give` asked for more metadata when a file of batches with this very schema object is closed:
 * for what is only known then. Parquet, whose metadata stands behind the rows, takes it.
 */
export function setClosingMetadata(
  schema: Schema,
  give: () => Readonly<Record<string, string>>,
): void {
  entries.set(schema, give);
}

/** The metadata that is only known now. */
export function closingMetadata(schema: Schema): Readonly<Record<string, string>> {
  return entries.get(schema)?.() ?? {};
}

/** `to`, with the closing metadata of the schema that it was made of. */
export function withClosingMetadata(from: Schema, to: Schema): Schema {
  const give = entries.get(from);
  if (give) entries.set(to, give);
  return to;
}
