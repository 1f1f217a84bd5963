import { DataType, type Field, type RecordBatch, Schema } from 'apache-arrow';
import type { RatioOption } from '../augment/options/ratio.js';
import { outcomeKey } from '../augment/provenance/outcome.js';
import { provenanceKey, readProvenance } from '../augment/provenance/provenance.js';
import { schemaDifference } from '../data/schema/schema.js';
import { GuaranteeError } from './guarantee-error.js';

/**
 * Raises unless the output has the columns of the real rows, with their metadata, and the mark behind
 * them, in all of its batches.
 *
 * @throws GuaranteeError that names the column.
 */
export function checkColumns(
  real: Schema,
  out: readonly RecordBatch[],
  mark: string | undefined,
): void {
  for (const schema of new Set(out.map((batch) => batch.schema))) {
    const own = mark === undefined ? schema.fields : schema.fields.slice(0, -1);
    if (mark !== undefined) checkMark(schema.fields.at(-1), mark);
    const difference = schemaDifference(real, new Schema(own));
    if (difference !== undefined) throw new GuaranteeError(`the columns differ: ${difference}`);
    for (const [k, field] of real.fields.entries()) {
      const lost = lostEntry(field.metadata, (own[k] as Field).metadata);
      if (lost !== undefined) {
        throw new GuaranteeError(`metadata '${lost}' was lost or changed`, { column: field.name });
      }
    }
    const lost = lostEntry(real.metadata, schema.metadata);
    if (lost !== undefined) throw new GuaranteeError(`metadata '${lost}' was lost or changed`);
  }
}

/** Raises unless the schema's metadata says at what ratio the rows were augmented. */
export function checkProvenance({ metadata }: Schema, ratio: RatioOption): void {
  const said = readProvenance(metadata).at(-1);
  if (!said) {
    throw new GuaranteeError(`there are synthetic rows, but no metadata '${provenanceKey}'`);
  }
  if (JSON.stringify(said.ratio) === JSON.stringify(ratio)) return;
  throw new GuaranteeError(
    `metadata '${provenanceKey}' says ratio ${JSON.stringify(said.ratio)} instead of ` +
      JSON.stringify(ratio),
  );
}

function checkMark(field: Field | undefined, mark: string): void {
  if (field?.name !== mark) {
    throw new GuaranteeError(`the last column is '${field?.name}' instead of the mark '${mark}'`);
  }
  if (DataType.isBool(field.type) && !field.nullable) return;
  throw new GuaranteeError(`is ${field.type}, and should be bool without nulls`, { column: mark });
}

/** The first entry that is not as before; those that an augmentation writes do not count. */
function lostEntry(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): string | undefined {
  const own = [provenanceKey, outcomeKey];
  return [...before].find(([key, value]) => !own.includes(key) && after.get(key) !== value)?.[0];
}
