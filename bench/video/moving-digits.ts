import { Field, Int32, makeData, type RecordBatch, Schema } from 'apache-arrow';
import { makeBatch } from '../../src/data/batches/batch.js';
import { makeTensorColumn } from '../../src/data/tensor/make.js';
import { tensorField } from '../../src/data/tensor/type.js';
import type { LabelledImages } from '../../src/evaluate/image/classifier.js';
import { createRandom, type Random } from '../../src/random.js';

export const frames = 16;
/** Height and width of a frame. */
export const side = 32;
/** Height and width of a digit: half of MNIST's. */
const digit = 14;
/** Pixels that a digit moves from one frame to the next. */
const speeds = [1, 3] as const;

const field = tensorField('clip', {
  element: 'uint8',
  shape: [frames, side, side, 1],
  dimensionNames: ['T', 'H', 'W', 'C'],
});

/** Columns `clip`, tensors [16, 32, 32, 1] of uint8, and `label`, the digit. */
export const clipSchema = new Schema([field, new Field('label', new Int32(), false)]);

/**
 * Moving MNIST (Srivastava et al. 2015) with one digit a clip: it starts anywhere, keeps its speed,
 * and bounces off the edges.
 */
export function movingDigits(digits: LabelledImages, clips: number, seed: string): RecordBatch {
  const random = createRandom(seed);
  const values = new Uint8Array(clips * frames * side * side);
  const labels = new Int32Array(clips);
  for (let clip = 0; clip < clips; clip++) {
    const index = random.integer(digits.labels.length);
    labels[clip] = digits.labels[index] as number;
    const small = halved(digits.pixels.subarray(index * 784, (index + 1) * 784));
    const path = bouncingPath(random);
    for (const [frame, [top, left]] of path.entries()) {
      const start = (clip * frames + frame) * side * side;
      for (let y = 0; y < digit; y++) {
        const row = small.subarray(y * digit, (y + 1) * digit);
        values.set(row, start + (top + y) * side + left);
      }
    }
  }
  const label = makeData({ type: new Int32(), length: clips, data: labels });
  return makeBatch(clipSchema, [makeTensorColumn(field, values), label], clips);
}

/** Where a digit's corner is in each frame. */
function bouncingPath(random: Random): [top: number, left: number][] {
  const room = side - digit;
  const angle = 2 * Math.PI * random.uniform();
  const speed = speeds[0] + (speeds[1] - speeds[0]) * random.uniform();
  const start = [room * random.uniform(), room * random.uniform()] as const;
  const step = [speed * Math.sin(angle), speed * Math.cos(angle)] as const;
  const at = (axis: 0 | 1, frame: number) =>
    Math.round(folded(start[axis] + frame * step[axis], room));
  return Array.from({ length: frames }, (_, frame) => [at(0, frame), at(1, frame)]);
}

/** A place beyond the ends of [0, room], reflected at them. */
function folded(place: number, room: number): number {
  const within = ((place % (2 * room)) + 2 * room) % (2 * room);
  return within > room ? 2 * room - within : within;
}

/** Means of 2 × 2 pixels of a digit in [−1, 1], as bytes. */
function halved(pixels: Float32Array): Uint8Array {
  return Uint8Array.from({ length: digit * digit }, (_, k) => {
    const from = 2 * Math.floor(k / digit) * 28 + 2 * (k % digit);
    const sum = [0, 1, 28, 29].reduce((total, step) => total + (pixels[from + step] as number), 0);
    return Math.round((sum / 4 + 1) * 127.5);
  });
}
