import {
  Dictionary,
  Field,
  FixedSizeList,
  Float32,
  Int8,
  Int32,
  List,
  Schema,
  TimestampMillisecond,
  Utf8,
} from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { assertSameSchema, withMetadata } from '../../../src/data/schema/schema.js';
import { SchemaError } from '../../../src/errors.js';
import { arrowOnlyTypes, fixedTypes, variableTypes } from '../../../src/testing/types.js';
import { sameSchema } from '../support/same-schema.js';

const schemaOf = (...fields: Field[]) => new Schema(fields);
const item = (nullable: boolean) => new Field('item', new Float32(), nullable);

describe('schemaDifference', () => {
  it('should tell all types apart', () => {
    const types = [...fixedTypes, ...variableTypes, ...arrowOnlyTypes];
    const schemas = types.map((type) => schemaOf(new Field('a', type, true)));

    for (const [i, a] of schemas.entries()) {
      for (const [j, b] of schemas.entries()) expect(sameSchema(a, b), `${a} ${b}`).toBe(i === j);
    }
  });

  it('should not look at the ids of dictionaries, nor at metadata', () => {
    const a = schemaOf(new Field('a', new Dictionary(new Utf8(), new Int8(), 1), true));
    const b = schemaOf(
      new Field('a', new Dictionary(new Utf8(), new Int8(), 2), true, new Map([['k', 'v']])),
    );

    expect(sameSchema(a, withMetadata(b, { k: 'v' }))).toBe(true);
  });

  it.each([
    ['name', new Field('b', new Int32(), true)],
    ['nullability', new Field('a', new Int32(), false)],
    ['type', new Field('a', new Int8(), true)],
  ])('should see another %s', (_, field) => {
    expect(sameSchema(schemaOf(new Field('a', new Int32(), true)), schemaOf(field))).toBe(false);
  });

  it.each([
    [new List(item(true)), new List(item(false))],
    [new FixedSizeList(2, item(true)), new FixedSizeList(3, item(true))],
    [new TimestampMillisecond(), new TimestampMillisecond('UTC')],
    [new Dictionary(new Utf8(), new Int8(), 1), new Dictionary(new Utf8(), new Int32(), 1)],
    [new Dictionary(new Utf8(), new Int8(), 1), new Dictionary(new Utf8(), new Int8(), 1, true)],
  ])('should see into types: %s is not %s', (a, b) => {
    expect(sameSchema(schemaOf(new Field('a', a, true)), schemaOf(new Field('a', b, true)))).toBe(
      false,
    );
  });
});

describe('assertSameSchema', () => {
  const before = schemaOf(new Field('a', new Int32(), true), new Field('b', new Utf8(), true));

  it.each([
    [schemaOf(new Field('a', new Int32(), true)), "column 'b' is missing"],
    [schemaOf(...before.fields, new Field('c', new Utf8(), true)), "column 'c' is new"],
    [
      schemaOf(new Field('a', new Int32(), true), new Field('b', new Int8(), false)),
      "column 'b' was (b: utf8), is (b: int8 not null)",
    ],
  ])('should name the first column that differs: %s', (now, difference) => {
    const check = () => assertSameSchema(before, now, 'batch 3');

    expect(check).toThrow(SchemaError);
    expect(check).toThrow(`ganAugment: batch 3 has another schema than before: ${difference}.`);
  });
});

describe('withMetadata', () => {
  it('should merge entries and keep the field objects', () => {
    const schema = new Schema(
      [new Field('a', new Int32())],
      new Map([
        ['k', '1'],
        ['l', '1'],
      ]),
    );

    const merged = withMetadata(schema, { k: '2', m: '3' });

    expect([...merged.metadata]).toEqual([
      ['k', '2'],
      ['l', '1'],
      ['m', '3'],
    ]);
    expect(merged.fields[0]).toBe(schema.fields[0]);
    expect(schema.metadata.get('k')).toBe('1');
  });
});
