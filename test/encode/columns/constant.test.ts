import { Int64, Vector } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { readTexts } from '../../../src/encode/cells/column-texts.js';
import { constant } from '../../../src/encode/columns/constant.js';
import { encoderFromJSON } from '../../../src/encode/from-json.js';
import { createRandom } from '../../../src/random.js';
import { field } from '../columns.js';

describe('constant', () => {
  it('should repeat its value without spans, also through JSON', () => {
    const read = encoderFromJSON(field(new Int64()), constant(field(new Int64()), '7').toJSON());

    expect(read.spans).toEqual([]);
    expect(readTexts(new Vector([read.decode([], 3, createRandom(1))]))).toEqual(['7', '7', '7']);
  });
});
