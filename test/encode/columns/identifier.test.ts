import { type DataType, Dictionary, Int8, Int64, Uint8, Utf8, Vector } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { readTexts } from '../../../src/encode/cells/column-texts.js';
import { fitIdentifier } from '../../../src/encode/columns/identifier.js';
import { encoderFromJSON } from '../../../src/encode/from-json.js';
import { createRandom } from '../../../src/random.js';
import { column, field } from '../columns.js';

describe('identifier', () => {
  const make = (type: DataType, texts: string[], rows: number, nullable = false) => {
    const fitted = fitIdentifier(field(type, nullable), column(type, texts));
    const read = encoderFromJSON(field(type, nullable), JSON.parse(JSON.stringify(fitted)));
    return readTexts(new Vector([read.decode([], rows, createRandom(1))]));
  };

  it('should hold nothing of its sample', () => {
    const encoder = fitIdentifier(field(new Utf8()), column(new Utf8(), ['alice', 'bob']));

    expect(encoder.toJSON()).toEqual({ kind: 'identifier', highest: '0' });
    expect(encoder.spans).toEqual([]);
  });

  it('should leave a nullable column null', () => {
    expect(make(new Utf8(), ['alice'], 2, true)).toEqual([null, null]);
  });

  it('should make distinct names, the same for the same seed', () => {
    const names = make(new Utf8(), ['alice'], 5000);

    expect(new Set(names).size).toBe(5000);
    expect(names[0]).toMatch(/^synthetic-[0-9a-f]{12}$/);
    expect(make(new Utf8(), ['alice'], 5000)).toEqual(names);
  });

  it('should make distinct integers above the highest, as far as the type goes', () => {
    const numbers = make(new Int64(), ['1', '2', '900'], 1000).map(Number);
    const narrow = make(new Uint8(), ['55'], 200).map(Number);

    expect(new Set(numbers).size).toBe(1000);
    expect(Math.min(...numbers)).toBeGreaterThan(900);
    expect(new Set(narrow).size).toBe(200);
    expect(Math.min(...narrow)).toBe(56);
  });

  it('should repeat names only where the type has no more', () => {
    expect(new Set(make(new Uint8(), ['5'], 1000)).size).toBe(250);
    expect(new Set(make(new Dictionary(new Utf8(), new Int8()), ['a'], 300)).size).toBe(128);
  });
});
