import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decompressLz4 } from '../../../src/data/ipc/lz4.js';

/** Literals, then a copy of `length` bytes from `back` of what is there (from 0 to 1). */
interface Sequence {
  literals: Uint8Array;
  back: number;
  length: number;
}

const sequences = fc.array(
  fc.record({
    literals: fc.oneof(
      fc.uint8Array({ minLength: 1, maxLength: 40 }),
      fc.uint8Array({ minLength: 14, maxLength: 300 }),
    ),
    back: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.oneof(fc.integer({ min: 4, max: 30 }), fc.integer({ min: 4, max: 700 })),
  }),
  { maxLength: 6 },
);
const blocks = fc.array(fc.record({ stored: fc.boolean(), sequences }), { maxLength: 4 });
const options = fc.record({ size: fc.boolean(), blockChecksums: fc.boolean() });

const lengthBytes = (length: number) => {
  if (length < 15) return [];
  const rest = length - 15;
  return [...Array(Math.floor(rest / 255)).fill(255), rest % 255];
};

/** A frame by the specification, and what it means. */
function encode(
  parts: { stored: boolean; sequences: Sequence[] }[],
  { size, blockChecksums }: { size: boolean; blockChecksums: boolean },
) {
  const bytes: number[] = [];
  const frames: number[] = [];
  for (const part of parts) {
    const block: number[] = [];
    for (const { literals, back, length } of part.sequences) {
      bytes.push(...literals);
      if (part.stored) {
        block.push(...literals);
        continue;
      }
      const distance = Math.max(1, Math.min(65_535, Math.floor(back * bytes.length)));
      const token = (Math.min(literals.length, 15) << 4) | Math.min(length - 4, 15);
      block.push(token, ...lengthBytes(literals.length), ...literals);
      block.push(distance & 255, distance >> 8, ...lengthBytes(length - 4));
      for (let k = 0; k < length; k++) bytes.push(bytes[bytes.length - distance] as number);
    }
    if (!part.stored) {
      block.push(16, 7);
      bytes.push(7);
    }
    if (block.length === 0) continue;
    const word = Buffer.alloc(4);
    word.writeUInt32LE(block.length + (part.stored ? 2 ** 31 : 0));
    frames.push(...word, ...block, ...(blockChecksums ? [1, 2, 3, 4] : []));
  }
  const flags = 64 | (size ? 8 : 0) | (blockChecksums ? 16 : 0);
  const header = [4, 34, 77, 24, flags, 64, ...(size ? [0, 0, 0, 0, 0, 0, 0, 0] : []), 0];
  return {
    frame: Uint8Array.from([...header, ...frames, 0, 0, 0, 0]),
    bytes: Uint8Array.from(bytes),
  };
}

describe('decompressLz4', () => {
  it('should give the bytes of any frame', () => {
    fc.assert(
      fc.property(blocks, options, (parts, flags) => {
        const { frame, bytes } = encode(parts, flags);

        expect(decompressLz4(frame, bytes.length)).toEqual(bytes);
      }),
      { numRuns: 300 },
    );
  });

  it('should refuse a frame of another length than it should have', () => {
    fc.assert(
      fc.property(blocks, options, fc.nat(1000), (parts, flags, size) => {
        const { frame, bytes } = encode(parts, flags);
        fc.pre(size !== bytes.length);

        expect(() => decompressLz4(frame, size)).toThrow(RangeError);
      }),
    );
  });

  it('should refuse a frame that is cut short', () => {
    fc.assert(
      fc.property(blocks, options, fc.nat(), (parts, flags, at) => {
        const { frame, bytes } = encode(parts, flags);

        const decompress = () => decompressLz4(frame.subarray(0, at % frame.length), bytes.length);

        expect(decompress).toThrow(RangeError);
      }),
    );
  });

  it('should give bytes of the right length or refuse, whatever is damaged', () => {
    fc.assert(
      fc.property(blocks, fc.nat(), fc.integer({ min: 1, max: 255 }), (parts, at, change) => {
        const { frame, bytes } = encode(parts, { size: false, blockChecksums: false });
        const index = at % frame.length;
        frame[index] = (frame[index] as number) ^ change;

        let length: number | undefined;
        try {
          length = decompressLz4(frame, bytes.length).length;
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
        }
        if (length !== undefined) expect(length).toBe(bytes.length);
      }),
      { numRuns: 500 },
    );
  });
});
