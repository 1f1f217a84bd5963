import {
  type Data,
  Field,
  Float16,
  Float32,
  Int16,
  Int32,
  List,
  Schema,
  Uint8,
  Vector,
  vectorFromArray,
} from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeBatch } from '../../../src/data/batches/batch.js';
import { soundField } from '../../../src/data/sounds/field.js';
import { readSoundColumn } from '../../../src/data/sounds/read-column.js';
import { elementArray, type TensorElement } from '../../../src/data/tensor/elements.js';
import { makeTensorColumn } from '../../../src/data/tensor/make.js';
import { tensorField } from '../../../src/data/tensor/type.js';
import { encoderFromJSON } from '../../../src/encode/from-json.js';
import { fitSound, type SoundOptions } from '../../../src/encode/sound/sound.js';
import { DataError, ModelError, SchemaError } from '../../../src/errors.js';

const asWaveform: SoundOptions = { representation: 'waveform' };
const asSpectrogram: SoundOptions = { representation: 'spectrogram' };

function tensors(shape: readonly number[], numbers: readonly number[], element: TensorElement) {
  const field = tensorField('sound', { element, shape });
  const Values = elementArray(element) as never as { from(values: readonly number[]): never };
  return { field, vector: new Vector([makeTensorColumn(field, Values.from(numbers))]) };
}

function lists(sounds: readonly (readonly number[] | null)[], item = new Int16() as never) {
  const type = new List(new Field('item', item, true));
  return { field: new Field('sound', type, true), vector: vectorFromArray(sounds, type) as Vector };
}

/** All sounds of a column as networks see them, and decoded again. */
function roundTrip({ field, vector }: { field: Field; vector: Vector }, options = asWaveform) {
  const encoder = fitSound(field, vector, options);
  const { rows, fill } = encoder.read(vector);
  const size = encoder.shape.reduce((product, length) => product * length, 1);
  const values = new Float32Array(rows.length * size);
  for (const index of rows.keys()) fill(index, values, index * size);
  const decoded = encoder.write(values);
  return { encoder, rows, values, decoded };
}

const numbersOf = (data: Data) => Array.from(data.children[0]?.values ?? [], Number);
const listsOf = (data: Data) =>
  Array.from(new Vector([data]) as Vector<List>, (each) => Array.from(each ?? [], Number));

/** A tone that fades. */
const tone = (samples: number, loudness = 20000) =>
  Array.from({ length: samples }, (_, k) =>
    Math.round(loudness * Math.exp((-3 * k) / samples) * Math.sin((2 * Math.PI * k) / 20)),
  );

describe('fitSound', () => {
  it('should give waveforms back as they were, silence as 0 in between', () => {
    const elements = ['int8', 'uint8', 'int16', 'uint16'] as const;
    fc.assert(
      fc.property(
        fc.constantFrom(...elements),
        fc.array(fc.integer({ min: 0, max: 127 }), { minLength: 6, maxLength: 6 }),
        (element, numbers) => {
          const { values, decoded } = roundTrip(tensors([3, 1], numbers, element));

          expect(numbersOf(decoded)).toEqual(numbers);
          for (const value of values) expect(Math.abs(value)).toBeLessThanOrEqual(1);
        },
      ),
    );
    const { values } = roundTrip(tensors([3], [128, 0, 192], 'uint8'));
    expect([...values]).toEqual([0, -1, 0.5]);
  });

  it('should hold its numbers within the type: −32768 has no counterpart', () => {
    const { encoder } = roundTrip(tensors([2], [-32768, 0], 'int16'));

    expect(numbersOf(encoder.write(Float32Array.of(-1, 1)))).toEqual([-32768, 32767]);
    expect(numbersOf(encoder.write(Float32Array.of(Number.NaN, 9)))).toEqual([0, 32767]);
  });

  it('should take the shorter dimension for the channels, and put them back', () => {
    const numbers = Array.from({ length: 20 }, (_, k) => k - 10);

    const { encoder, values, decoded } = roundTrip(tensors([2, 10], numbers, 'int16'));

    expect(encoder.shape).toEqual([10, 2]);
    expect(Array.from(values.slice(0, 2), (value) => Math.round(10 * value))).toEqual([-10, 0]);
    expect(numbersOf(decoded)).toEqual(numbers);
  });

  it('should pad lists, cut the rare long one, and end them where only silence follows', () => {
    const sounds = [
      ...Array.from({ length: 39 }, () => [900, -1000, 500]),
      null,
      [1, 2, 3, 4, 5, 6],
    ];

    const { encoder, rows, decoded } = roundTrip(lists(sounds));

    expect(encoder.samples).toBe(4);
    expect([...rows]).toEqual([...Array(39).keys(), 40]);
    expect(listsOf(decoded).slice(0, 1)).toEqual([[900, -1000, 500]]);
    expect(roundTrip(lists(sounds), { ...asWaveform, samples: 2 }).encoder.shape).toEqual([2, 1]);
  });

  it.each([
    ['float16', new Float16(), [16000, 15000]],
    ['float32', new Float32(), [0.25, -0.5]],
    ['uint8', new Uint8(), [128, 255]],
  ])('should write lists of %s as they came', (_name, item, numbers) => {
    const column = lists([numbers, numbers], item as never);

    const { decoded } = roundTrip(column);

    expect(String(decoded.type)).toBe(String(column.vector.type));
    expect(listsOf(decoded)).toEqual([...column.vector].map((each) => Array.from(each, Number)));
  });

  it('should make sounds of spectrograms that have them, about', () => {
    const numbers = [tone(2048), tone(2048, 5000)].flat();

    const { encoder, values, decoded } = roundTrip(
      tensors([2048], numbers, 'int16'),
      asSpectrogram,
    );
    const again = roundTrip(
      {
        field: tensorField('sound', { element: 'int16', shape: [2048] }),
        vector: new Vector([decoded]),
      },
      asSpectrogram,
    );

    expect(encoder.shape).toEqual([16, 128, 1]);
    const difference = values.map((value, k) => Math.abs(value - (again.values[k] as number)));
    expect(difference.reduce((sum, value) => sum + value, 0) / values.length).toBeLessThan(0.25);
    const loudness = (from: number) =>
      Math.max(
        ...numbersOf(decoded)
          .slice(from, from + 2048)
          .map(Math.abs),
      );
    expect(loudness(0) / loudness(2048)).toBeGreaterThan(2.5);
    expect(loudness(0) / loudness(2048)).toBeLessThan(6);
  });

  it.each([asWaveform, asSpectrogram])(
    'should be the same read from JSON: $representation',
    (options) => {
      const { field, vector } = tensors([512, 2], tone(2048), 'int16');
      const { encoder, values, decoded } = roundTrip({ field, vector }, options);

      const read = encoderFromJSON(field, JSON.parse(JSON.stringify(encoder.toJSON())));

      expect(read.toJSON()).toEqual(encoder.toJSON());
      expect(numbersOf((read as typeof encoder).write(values))).toEqual(numbersOf(decoded));
    },
  );

  it('should refuse what holds no sounds, and sounds that are no numbers', () => {
    const matrix = tensors([20, 30], Array(600).fill(1), 'int16');
    const broken = tensors([2], [Number.NaN, 1], 'float32');
    const short = tensors([2], [1, 1], 'int16');

    expect(() => roundTrip(matrix)).toThrow(SchemaError);
    expect(() => roundTrip(broken)).toThrow(DataError);
    expect(() => roundTrip(lists([null, null]))).toThrow(DataError);
    expect(() => roundTrip(short, { ...asWaveform, samples: 4 })).toThrow(SchemaError);
  });

  it.each([
    { representation: 'picture' },
    { samples: 3 },
    { samples: 0.5 },
    { silence: 7 },
    { loudest: 0 },
    { bins: [] },
    { bins: [{ mean: [1], deviation: [1] }] },
    { bins: [{ mean: Array(128).fill(0), deviation: Array(128).fill(0) }] },
  ])('should refuse saved encoders that cannot be: %o', (change) => {
    const { field, vector } = tensors([512], tone(512), 'int16');
    const json = { ...fitSound(field, vector, asSpectrogram).toJSON(), ...change };

    expect(() => encoderFromJSON(field, json)).toThrow(ModelError);
  });
});

describe('readSoundColumn', () => {
  it('should read what a sound column says of itself, and refuse other columns', () => {
    const field = soundField('sound', { samples: 2, rate: 8000 });
    const data = makeTensorColumn(field, Int16Array.of(16384, 0));
    const batch = makeBatch(new Schema([field]), [data], 1);
    const plain = new Field('n', new Int32(), false);
    const numbers = makeBatch(
      new Schema([plain]),
      [vectorFromArray([1], new Int32()).data[0] as Data],
      1,
    );

    expect(readSoundColumn(batch, 'sound').at(0)).toEqual({
      rate: 8000,
      channels: 1,
      values: Float32Array.of(0.5, 0),
    });
    expect(() => readSoundColumn(numbers, 'n', 8000)).toThrow(SchemaError);
    expect(() => readSoundColumn(batch, 'other')).toThrow(SchemaError);
  });
});
