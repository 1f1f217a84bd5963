import { DataType, type Field, Schema } from 'apache-arrow';
import { SchemaError } from '../../errors.js';
import { describeField } from './describe.js';
import { unifyFields } from './unify-types.js';

/** A schema, and what has it, for messages. */
export interface NamedSchema {
  readonly name: string;
  readonly schema: Schema;
}

/**
 * The schema of all: the columns of the first in their order, then those that only others have. A
 * column is of the type that holds the values of all, and nullable if it is so in one of them; where
 * one lacks it, it must be. The first one's metadata is kept; the same schema if all are alike.
 *
 * @throws SchemaError naming the first column that does not fit, what has it, and how it differs.
 */
export function unifySchemas(schemas: readonly NamedSchema[]): Schema {
  const [first] = schemas as [NamedSchema, ...NamedSchema[]];
  if (schemas.every(({ schema }) => schema === first.schema)) return first.schema;
  const fields = new Map<string, Field>();
  for (const { name, schema } of schemas) {
    for (const field of schema.fields) {
      const known = fields.get(field.name);
      const joined = known ? unifyFields(known, field) : field;
      if (!joined) throw differs(name, known as Field, field);
      fields.set(field.name, joined);
    }
  }
  for (const { name, schema } of schemas) {
    assertDistinct(schema, name);
    const own = new Set(schema.names);
    for (const field of fields.values()) {
      if (!own.has(field.name) && !canBeMissing(field)) throw missing(name, field);
    }
  }
  const isSame =
    fields.size === first.schema.fields.length &&
    first.schema.fields.every((field) => fields.get(field.name) === field);
  return isSame ? first.schema : new Schema([...fields.values()], first.schema.metadata);
}

/**
 * Raises unless a schema that was not among them fits what {@link unifySchemas} made.
 *
 * @throws SchemaError naming the first column that does not.
 */
export function assertFits(whole: Schema, { name, schema }: NamedSchema): void {
  const known = new Map(whole.fields.map((field) => [field.name, field]));
  assertDistinct(schema, name);
  for (const field of schema.fields) {
    const own = known.get(field.name);
    if (!own) {
      throw new SchemaError(
        `${name} has another schema than before: column '${field.name}' is new. Give all files the same columns`,
      );
    }
    const joined = field === own ? own : unifyFields(own, field);
    const isHeld = joined && describeField(joined) === describeField(own);
    if (!isHeld) throw differs(name, own, field);
  }
  const names = new Set(schema.names);
  for (const field of whole.fields) {
    if (!names.has(field.name) && !canBeMissing(field)) throw missing(name, field);
  }
}

function canBeMissing({ type, nullable }: Field): boolean {
  return nullable && !DataType.isUnion(type);
}

function assertDistinct({ names }: Schema, name: string): void {
  const seen = new Set<PropertyKey>();
  const twice = names.find((each) => seen.size === seen.add(each).size);
  if (twice === undefined) return;
  throw new SchemaError(
    `files of a dataset cannot be matched: ${name} has two columns '${String(twice)}'. Rename one`,
  );
}

function differs(name: string, before: Field, now: Field): SchemaError {
  return new SchemaError(
    `${name} has another schema than before: column '${before.name}' was (${describeField(before)}), is (${describeField(now)}). Give all files types that fit together`,
  );
}

function missing(name: string, field: Field): SchemaError {
  return new SchemaError(
    `${name} has another schema than before: column '${field.name}' is missing, and allows no null elsewhere (${describeField(field)}). Give it in all files, or make it nullable`,
  );
}
