import type { Schema } from 'apache-arrow';
import { schemaDifference } from '../../../src/data/schema/schema.js';

/** Whether two schemas have the same columns, metadata aside. */
export function sameSchema(a: Schema, b: Schema): boolean {
  return schemaDifference(a, b) === undefined;
}
