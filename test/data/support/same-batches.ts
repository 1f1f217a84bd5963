import type { RecordBatch } from 'apache-arrow';
import { expect } from 'vitest';
import { exactRows } from './exact.js';
import { sameSchema } from './same-schema.js';

/** Expects the same rows bit for bit, under one schema object with the same columns and metadata. */
export function expectSameBatches(
  read: readonly RecordBatch[],
  written: readonly RecordBatch[],
): void {
  const { schema } = written[0] as RecordBatch;
  const first = (read[0] as RecordBatch).schema;
  expect(exactRows(read)).toEqual(exactRows(written));
  expect(read.every((batch) => batch.schema === first)).toBe(true);
  expect(sameSchema(schema, first), `${first}`).toBe(true);
  expect(first.metadata).toEqual(schema.metadata);
  expect(first.fields.map((field) => field.metadata)).toEqual(
    schema.fields.map((field) => field.metadata),
  );
}
