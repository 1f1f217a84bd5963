import { Field, Float64, Int32, Vector, vectorFromArray } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { encoderFromJSON, inferEncoder } from '../../../src/encode/infer.js';
import { withCurves } from '../../../src/encode/modes/with-curves.js';
import { ModelError } from '../../../src/errors.js';
import { createRandom } from '../../../src/random.js';

const half = { from: [-1, 0, 1], to: [-1, 0.5, 1] };
const field = new Field('x', new Float64(), true);
const numbers = Array.from({ length: 500 }, (_, k) => (k % 7 === 0 ? null : Math.sin(k) * 100));
const sample = vectorFromArray(numbers, new Float64());

function decoded(encoder: ReturnType<typeof inferEncoder>, vector: Vector) {
  const spans = encoder.encode(vector, createRandom(1));
  return [...new Vector([encoder.decode(spans, vector.length, createRandom(2))])];
}

function curved() {
  const plain = inferEncoder(field, sample);
  const modes = plain.spans.find((span) => span.kind === 'onehot' && span.role === 'mode');
  const count = modes?.kind === 'onehot' ? modes.width : 1;
  return withCurves(field, plain, Array(count).fill(half));
}

describe('withCurves', () => {
  it('should give numbers back that were encoded, and nulls', () => {
    const back = decoded(curved(), sample);

    back.forEach((value, k) => {
      if (numbers[k] === null) expect(value).toBeNull();
      else expect(value).toBeCloseTo(numbers[k] as number, 3);
    });
  });

  it('should decode what the curve makes of a number', () => {
    const plain = inferEncoder(field, sample);
    const spans = () =>
      plain.spans.map((span) => {
        if (span.kind === 'scalar') return Float32Array.of(0);
        return Int32Array.of(span.role === 'presence' ? 1 : 0);
      });

    const [before] = new Vector([plain.decode(spans(), 1, createRandom(1))]);
    const [after] = new Vector([curved().decode(spans(), 1, createRandom(1))]);

    expect(after as number).toBeGreaterThan(before as number);
  });

  it('should come back from JSON', () => {
    const encoder = curved();

    const back = encoderFromJSON(field, JSON.parse(JSON.stringify(encoder.toJSON())));

    expect(back.toJSON()).toEqual(encoder.toJSON());
    expect(decoded(back, sample)).toEqual(decoded(encoder, sample));
  });

  it('should leave values that are modes of their own alone', () => {
    const whole = new Field('n', new Int32(), false);
    const counts = vectorFromArray(
      Array.from({ length: 900 }, (_, k) => (k % 3 === 0 ? 0 : (k * 7919) % 500)),
      new Int32(),
    );
    const plain = inferEncoder(whole, counts);

    const encoder = withCurves(whole, plain, Array(64).fill(half));

    expect(decoded(encoder, vectorFromArray([0], new Int32()))).toEqual([0]);
  });

  it('should refuse a saved curve that falls', () => {
    const json = JSON.parse(JSON.stringify(curved().toJSON()));
    json.inner.modes[0].curve.to = [1, 0, -1];

    const act = () => encoderFromJSON(field, json);

    expect(act).toThrow(ModelError);
    expect(act).toThrow("column 'x' has a curve with a bad order of points");
  });
});
