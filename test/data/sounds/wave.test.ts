import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeWave } from '../../../src/data/sounds/decode-wave.js';
import { encodeWave } from '../../../src/data/sounds/encode-wave.js';
import { waveChunks } from '../../../src/data/sounds/riff.js';
import { FormatError, InvalidOptionError } from '../../../src/errors.js';
import { type WaveParts, waveBytes } from './wave-bytes.js';

const valuesOf = (parts: WaveParts) => [...decodeWave(waveBytes(parts), 'a.wav').values];
const bytesOf = (values: ArrayBufferView) =>
  new Uint8Array(values.buffer, values.byteOffset, values.byteLength);

describe('encodeWave', () => {
  it('should say of a synthetic sound what made it, and keep its samples', () => {
    const sound = { rate: 8000, channels: 1, values: Float32Array.of(0.5, -0.25, 0) };
    const madeBy = { model: 'ab12', recipe: 'specgan-r1' };

    const marked = encodeWave({ ...sound, madeBy });
    const chunks = [...waveChunks(marked, 'a.wav')].map(({ id, bytes }) => [
      id,
      Buffer.from(bytes).toString('latin1'),
    ]);
    const named = Object.fromEntries(chunks);

    expect([...decodeWave(marked, 'a.wav').values]).toEqual([...sound.values]);
    expect(Object.keys(named)).toEqual(['fmt ', 'data', 'LIST', '_PMX']);
    expect(named.LIST).toContain('INFOICMT');
    expect(named.LIST).toContain('Synthetic, recipe specgan-r1, model ab12\0');
    expect(named._PMX).toContain('newscodes/digitalsourcetype/trainedAlgorithmicMedia');
    expect([...waveChunks(encodeWave(sound), 'a.wav')].map(({ id }) => id)).toEqual([
      'fmt ',
      'data',
    ]);
  });
});

describe('decodeWave', () => {
  it('should read every width of PCM, the smallest number as −1', () => {
    expect(valuesOf({ bits: 8, data: Uint8Array.of(0, 128, 192) })).toEqual([-1, 0, 0.5]);
    expect(valuesOf({ bits: 16, data: bytesOf(Int16Array.of(-32768, 1, 16384)) })).toEqual([
      -1,
      2 ** -15,
      0.5,
    ]);
    expect(
      valuesOf({ bits: 24, data: Uint8Array.of(0, 0, 0x80, 1, 0, 0, 0xff, 0xff, 0xff) }),
    ).toEqual([-1, 2 ** -23, -(2 ** -23)]);
    expect(valuesOf({ bits: 32, data: bytesOf(Int32Array.of(-(2 ** 31), 2 ** 30)) })).toEqual([
      -1, 0.5,
    ]);
  });

  it('should read floats, and the extensible form of each format', () => {
    const floats = Float32Array.of(0.25, -1.5);

    expect(valuesOf({ tag: 3, bits: 32, data: bytesOf(floats) })).toEqual([0.25, -1.5]);
    expect(valuesOf({ extends: 3, bits: 32, data: bytesOf(floats) })).toEqual([0.25, -1.5]);
    expect(valuesOf({ tag: 3, bits: 64, data: bytesOf(Float64Array.of(0.5)) })).toEqual([0.5]);
    expect(valuesOf({ extends: 1, data: bytesOf(Int16Array.of(16384)) })).toEqual([0.5]);
  });

  it('should keep the channels of a moment together, and say rate and channels', () => {
    const data = bytesOf(Int16Array.of(1, 2, 3, 4));

    const sound = decodeWave(waveBytes({ channels: 2, rate: 44100, data, extra: true }), 'a.wav');

    expect(sound).toMatchObject({ rate: 44100, channels: 2, fitsInt16: true });
    expect([...sound.values]).toEqual([1, 2, 3, 4].map((value) => value / 2 ** 15));
  });

  it('should take what is there where a writer to a pipe did not know the size', () => {
    const data = bytesOf(Int16Array.of(1, 2));

    expect(valuesOf({ data, stated: 0xffffffff })).toHaveLength(2);
  });

  it.each<[string, WaveParts, string]>([
    ['another format', { tag: 7, bits: 8 }, 'µ-law'],
    ['an unknown extension', { extends: 0x1234 }, 'format 4660'],
    ['an unknown width', { bits: 12, block: 2 }, '12 bits'],
    ['no channels', { channels: 0 }, '0 channels'],
    ['no rate', { rate: 0 }, 'sample rate is 0'],
    ['blocks of another size', { block: 3 }, '3 bytes, not 2'],
    ['fewer bytes than stated', { data: new Uint8Array(4), stated: 4000 }, '4 bytes of 4000'],
    ['a moment cut in two', { channels: 2, data: new Uint8Array(6) }, 'within a moment'],
    [
      'no finite number',
      { tag: 3, bits: 32, data: bytesOf(Float32Array.of(Number.NaN)) },
      'finite',
    ],
  ])('should refuse %s', (_what, parts, problem) => {
    expect(() => decodeWave(waveBytes(parts), 'a.wav')).toThrow(FormatError);
    expect(() => decodeWave(waveBytes(parts), 'a.wav')).toThrow(problem);
  });

  it('should give a FormatError or a sound for whatever bytes, never more than they hold', () => {
    const whole = waveBytes({ channels: 2, extra: true, data: new Uint8Array(64).fill(7) });
    fc.assert(
      fc.property(
        fc.nat(whole.length),
        fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 4 }),
        (length, changes) => {
          const bytes = whole.slice(0, length);
          for (const [at, value] of changes) if (at < length) bytes[at] = value;

          let numbers = 0;
          try {
            numbers = decodeWave(bytes, 'a.wav').values.length;
          } catch (error) {
            expect(error).toBeInstanceOf(FormatError);
          }
          expect(numbers).toBeLessThanOrEqual(bytes.length);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('encodeWave', () => {
  it('should write what decodeWave reads back, to the bit for 16-bit numbers', () => {
    fc.assert(
      fc.property(
        fc.int16Array({ minLength: 0, maxLength: 60 }),
        fc.constantFrom(1, 2, 3),
        fc.integer({ min: 1, max: 192000 }),
        (numbers, channels, rate) => {
          const whole = numbers.subarray(0, numbers.length - (numbers.length % channels));
          const values = Float32Array.from(whole, (value) => value / 2 ** 15);

          const back = decodeWave(encodeWave({ rate, channels, values }), 'a.wav');

          expect(back).toEqual({ rate, channels, values, fitsInt16: true });
        },
      ),
    );
  });

  it('should cut what is outside of [−1, 1], and hear no number as silence', () => {
    const values = Float32Array.of(2, -2, Number.NaN);

    const { values: back } = decodeWave(encodeWave({ rate: 1, channels: 1, values }), 'a.wav');

    expect([...back]).toEqual([1 - 2 ** -15, -1, 0]);
  });

  it('should refuse a rate that cannot be written', () => {
    const sound = { rate: 0.5, channels: 1, values: new Float32Array(1) };

    expect(() => encodeWave(sound)).toThrow(InvalidOptionError);
  });
});
