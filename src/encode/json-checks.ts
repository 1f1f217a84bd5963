import type { Field } from 'apache-arrow';
import { ModelError } from '../errors.js';

/** The members of a saved encoder. */
export type Members = Readonly<Record<string, unknown>>;

/** Throws the error for a saved encoder that cannot be right. */
export function refuse(field: Field, problem: string, value: unknown): never {
  const shown = String(JSON.stringify(value)).slice(0, 80);
  throw new ModelError(
    `saved encoder of column '${field.name}' ${problem}: ${shown}. Train the model again`,
  );
}

/** A JSON object. */
export function membersOf(field: Field, json: unknown): Members {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    return refuse(field, 'is not an object', json);
  }
  return json as Members;
}

/** A finite number, at least `least`. */
export function numberOf(
  field: Field,
  members: Members,
  key: string,
  least = Number.NEGATIVE_INFINITY,
): number {
  const value = members[key];
  if (typeof value !== 'number' || !Number.isFinite(value) || value < least) {
    return refuse(field, `has a bad number '${key}'`, value);
  }
  return value;
}

/** A whole number of any size, saved as decimal digits. */
export function wholeOf(field: Field, members: Members, key: string): bigint {
  const value = members[key];
  if (typeof value !== 'string' || !/^-?\d{1,99}$/.test(value)) {
    return refuse(field, `has a bad whole number '${key}'`, value);
  }
  return BigInt(value);
}

/** A JSON array. */
export function listOf(field: Field, members: Members, key: string): readonly unknown[] {
  const value = members[key];
  if (!Array.isArray(value)) return refuse(field, `has no list '${key}'`, value);
  return value;
}
