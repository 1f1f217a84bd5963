import { describe, expect, it } from 'vitest';
import {
  type Checkpoint,
  packCheckpoint,
  unpackCheckpoint,
} from '../../../../src/gan/training/checkpoint.js';
import { train } from '../../../../src/gan/training/train.js';
import { createRandom } from '../../../../src/random.js';
import { sequenceTrainings } from './small-training.js';

/** The trained state, and the checkpoints on the way, as the bytes of their files. */
async function trained(name: string, checkpoint?: Checkpoint) {
  const kept: Uint8Array[] = [];
  const state = await train(sequenceTrainings[name] as never, {
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

describe('a training of sequences', () => {
  it.each(Object.keys(sequenceTrainings))('should go on to the same bits: %s', async (name) => {
    const whole = await trained(name);

    const checkpoint = unpackCheckpoint(whole.kept[0] as Uint8Array, 'key', 'it');
    const rest = await trained(name, checkpoint);

    expect(checkpoint.step).toBe(2);
    expect(rest.state).toEqual(whole.state);
  });
});
