import { Field, Int32, List, Schema, Utf8 } from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decodeArrowSchema,
  encodeArrowSchema,
} from '../../../../src/data/parquet/types/arrow-schema.js';
import { schemaDifference } from '../../../../src/data/schema/schema.js';
import { damagedSchema } from '../../support/damaged-schema.js';

const schema = new Schema([
  new Field('a', new Int32(), false),
  new Field('b', new List(new Field('item', new Utf8(), true)), true),
]);
const bytes = Buffer.from(encodeArrowSchema(schema), 'base64');

describe('decodeArrowSchema', () => {
  it('should be the inverse of encodeArrowSchema', () => {
    const decoded = decodeArrowSchema(encodeArrowSchema(schema));

    expect(schemaDifference(schema, decoded as Schema)).toBeUndefined();
  });

  it('should give a schema or nothing for damaged bytes, and come to an end', () => {
    const damage = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1 });
    fc.assert(
      fc.property(damage, fc.nat(bytes.length), (changes, cut) => {
        const damaged = Buffer.from(bytes);
        for (const [at, value] of changes) damaged[at] = value;

        const decoded = decodeArrowSchema(damaged.subarray(0, cut).toString('base64'));

        expect(decoded === undefined || decoded instanceof Schema).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('should not believe how many fields there are', () => {
    expect(decodeArrowSchema(damagedSchema)).toBeUndefined();
  });
});
