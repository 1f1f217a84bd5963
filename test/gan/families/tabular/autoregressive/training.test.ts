import { describe, expect, it } from 'vitest';
import {
  type Checkpoint,
  packCheckpoint,
  unpackCheckpoint,
} from '../../../../../src/gan/training/checkpoint.js';
import { train } from '../../../../../src/gan/training/train.js';
import { createRandom } from '../../../../../src/random.js';
import { smallTable } from '../small-table.js';
import { smallTraining } from './small-training.js';

/** The trained state, and the checkpoints on the way, as the bytes of their files. */
async function trained(checkpoint?: Checkpoint) {
  const kept: Uint8Array[] = [];
  const state = await train(smallTraining(smallTable()), {
    steps: 6,
    every: 2,
    random: createRandom('resume'),
    checkpoint,
    onCheckpoint: async (each) => {
      kept.push(packCheckpoint(each, 'key'));
    },
  });
  return { state, kept };
}

describe('the training of an autoregressive model', () => {
  it('should go on to the same bits', async () => {
    const whole = await trained();

    const checkpoint = unpackCheckpoint(whole.kept[0] as Uint8Array, 'key', 'it');
    const rest = await trained(checkpoint);

    expect(checkpoint.step).toBe(2);
    expect(rest.state).toEqual(whole.state);
  });

  it('should show each row once in an epoch, and the columns that are known beforehand', () => {
    const table = smallTable(80);
    const { fillData, inputs } = smallTraining(table);
    const feeds = [0, 1].map((step) => {
      const feed = {
        codes: new Float32Array(40 * 9),
        known: new Float32Array(3),
        schedule: new Float32Array(1),
      };
      fillData(feed, createRandom(step), step, 4);
      return feed;
    });

    const seen = feeds.flatMap(({ codes }) =>
      Array.from({ length: 40 }, (_, row) => codes.slice(9 * row, 9 * row + 9).join()),
    );
    const rows = Array.from({ length: 80 }, (_, row) => {
      const [, ...codes] = table.values;
      const onehot = (code: number, size: number) =>
        Array.from({ length: size }, (_, k) => Number(k === code));
      return [3, 4, 2].flatMap((size, k) => onehot(codes[k]?.[row] as number, size)).join();
    });
    expect(seen.toSorted()).toEqual(rows.toSorted());
    expect(inputs.codes?.shape).toEqual([40, 9]);
    for (const { known } of feeds) expect(known.every((each) => each === 0)).toBe(false);
    expect(feeds.map(({ schedule }) => schedule[0])).toEqual([1, expect.closeTo(0.854, 3)]);
  });
});
