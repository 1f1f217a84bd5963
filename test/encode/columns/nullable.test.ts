import { Float32, Int8 } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { readTexts } from '../../../src/encode/cells/column-texts.js';
import { constant } from '../../../src/encode/columns/constant.js';
import { fitContinuous } from '../../../src/encode/columns/continuous.js';
import { nullable } from '../../../src/encode/columns/nullable.js';
import { encoderFromJSON } from '../../../src/encode/from-json.js';
import { column, field, roundTrip } from '../columns.js';

describe('nullable', () => {
  it('should bring nulls back where they were, also through JSON', () => {
    const vector = column(new Float32(), ['1.5', null, '2.5', null, '1.5', '1.5']);
    const encoder = nullable(fitContinuous(field(new Float32()), vector));

    const read = encoderFromJSON(field(new Float32()), JSON.parse(JSON.stringify(encoder)));

    expect(encoder.spans[0]).toEqual({ kind: 'onehot', width: 2, role: 'presence' });
    expect(readTexts(roundTrip(read, vector))).toEqual(readTexts(vector));
  });

  it('should bring nulls back around a constant', () => {
    const vector = column(new Int8(), ['4', null, '4']);

    const back = roundTrip(nullable(constant(field(new Int8()), '4')), vector);

    expect(readTexts(back)).toEqual(['4', null, '4']);
  });
});
