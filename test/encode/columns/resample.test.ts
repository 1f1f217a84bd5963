import { Utf8, Vector } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { readTexts } from '../../../src/encode/cells/column-texts.js';
import { encoderFromJSON } from '../../../src/encode/from-json.js';
import { inferEncoder } from '../../../src/encode/infer.js';
import { ModelError } from '../../../src/errors.js';
import { createRandom } from '../../../src/random.js';
import { column, field } from '../columns.js';

const texts = Array.from({ length: 100 }, (_, row) => (row % 4 === 0 ? null : `name ${row % 3}`));

describe('resample', () => {
  it('should draw values as often as they occur, nulls among them', () => {
    const fitted = inferEncoder(field(new Utf8()), column(new Utf8(), texts), { kind: 'resample' });
    const encoder = encoderFromJSON(field(new Utf8()), JSON.parse(JSON.stringify(fitted.toJSON())));

    const made = readTexts(new Vector([encoder.decode([], 4000, createRandom(3))]));

    expect(encoder.spans).toEqual([]);
    for (const text of new Set(texts)) {
      const share = (all: readonly unknown[]) =>
        all.filter((each) => each === text).length / all.length;
      expect(share(made)).toBeCloseTo(share(texts), 1);
    }
    expect(new Set(made)).toEqual(new Set(texts));
  });

  it.each([
    { levels: [], counts: [] },
    { levels: ['a'], counts: [0] },
    { levels: [3], counts: [1] },
  ])('should refuse %j', (members) => {
    const act = () => encoderFromJSON(field(new Utf8()), { kind: 'resample', ...members });

    expect(act).toThrow(ModelError);
  });
});
