import { Utf8, Vector } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { readTexts } from '../../../src/encode/cells/column-texts.js';
import { encoderFromJSON } from '../../../src/encode/from-json.js';
import { fitText } from '../../../src/encode/text/text.js';
import { DataError, ModelError } from '../../../src/errors.js';
import { column, field } from '../columns.js';

const cells = ['ab', null, 'cafe\u0301', 'ba', 'b👩‍🚀', ''];
const sample = column(new Utf8(), cells);
const all = { longest: 0, leastTexts: 1 } as const;

describe('an encoder of texts', () => {
  it('should bring back every text that is not null', () => {
    const encoder = fitText(field(new Utf8()), sample, all);
    const [longest = 0, symbols = 0] = encoder.shape;

    const { rows, fill } = encoder.read(sample);
    const values = new Float32Array(rows.length * longest * symbols).fill(7);
    for (const index of rows.keys()) fill(index, values, index * longest * symbols);
    const texts = readTexts(new Vector([encoder.write(values)]));

    expect(Array.from(rows)).toEqual([0, 2, 3, 4, 5]);
    expect(texts).toEqual(cells.filter((text) => text !== null));
    expect([longest, symbols]).toEqual([4, 7]);
    expect(values.every((value) => value === 0 || value === 1)).toBe(true);
  });

  it('should leave out texts with characters of few texts, and longer ones', () => {
    const texts = ['aa', 'ab', 'ba', 'aaa', 'aaaa', 'az'];

    const encoder = fitText(field(new Utf8()), column(new Utf8(), texts), {
      longest: 3,
      leastTexts: 2,
    });

    expect(encoder.text).toEqual({ alphabet: ['a', 'b'], shortest: 2, longest: 2 });
    expect(Array.from(encoder.read(column(new Utf8(), texts)).rows)).toEqual([0, 1, 2]);
  });

  it('should end no text before the shortest', () => {
    const encoder = fitText(field(new Utf8()), column(new Utf8(), ['aa', 'bbb']), all);

    const made = encoder.write(new Float32Array(3 * 3).map((_, at) => Number(at % 3 === 0)));

    expect(readTexts(new Vector([made]))[0]).toHaveLength(2);
  });

  it('should refuse columns without texts that can be made', () => {
    const lone = column(new Utf8(), ['ab', 'cd']);

    expect(() => fitText(field(new Utf8()), lone, { longest: 0, leastTexts: 2 })).toThrow(
      DataError,
    );
    expect(() => fitText(field(new Utf8()), sample, { longest: 1, leastTexts: 3 })).toThrow(
      DataError,
    );
  });

  it('should be the same when it was saved and read', () => {
    const encoder = fitText(field(new Utf8()), sample, all);

    const read = encoderFromJSON(field(new Utf8()), JSON.parse(JSON.stringify(encoder.toJSON())));

    expect(read.toJSON()).toEqual(encoder.toJSON());
  });

  it.each([
    { alphabet: [] },
    { alphabet: ['a', 3] },
    { shortest: 9 },
    { longest: 0 },
    { longest: 2.5 },
  ])('should refuse a saved one with %j', (change) => {
    const json = fitText(field(new Utf8()), sample, all).toJSON();

    expect(() => encoderFromJSON(field(new Utf8()), { ...json, ...change })).toThrow(ModelError);
  });
});
