import {
  add,
  concat,
  matMul,
  mul,
  reshape,
  slice,
  sub,
  type Tensor,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import type { Feed } from '../../../../compute/program.js';
import { hostTensor, sizeOf } from '../../../../compute/tensor.js';
import type { StepInputs } from '../../../../nn/step-inputs.js';
import type { Random } from '../../../../random.js';

/**
 * Earlier made images that a critic sees instead of the newest (Shrivastava et al. 2017): each new one
 * goes to the critic itself, or takes the place of an old one that does, as often. They are part of
 * the state, and so of checkpoints.
 *
 * @param size Images that are kept.
 */
export function createHistory(size: number, shape: readonly number[]) {
  return hostTensor([size, sizeOf(shape)]);
}

/** What a history is fed in a step, by names that begin with `name`. */
export function historyInputs(name: string, size: number, batch: number): StepInputs {
  return {
    [`${name}Slot`]: { shape: [batch, size], dtype: 'float32', source: 'data' },
    [`${name}Swap`]: { shape: [batch, 1], dtype: 'float32', source: 'data' },
  };
}

/** Draws the places that new images take, and which old ones the critic sees. */
export function fillHistory(
  feed: Feed,
  name: string,
  { size, batch, step, random }: { size: number; batch: number; step: number; random: Random },
): void {
  const [slots, swaps] = [feed[`${name}Slot`], feed[`${name}Swap`]] as [Float32Array, Float32Array];
  slots.fill(0);
  for (let row = 0; row < batch; row++) {
    const seen = step * batch + row;
    const isSwapped = seen >= size && random.uniform() < 0.5;
    swaps[row] = isSwapped ? 1 : 0;
    const slot = seen < size ? seen : random.integer(size);
    if (seen < size || isSwapped) slots[row * size + slot] = 1;
  }
}

/**
 * Exchanges new images with the history, one after the other.
 *
 * @param images New ones [batch, …].
 * @param slot One-hot places [batch, size] that they take, or nothing.
 * @param swap Whether the critic sees what was there before, [batch, 1].
 * @returns What the critic sees, and the history after it.
 */
export function exchange(
  history: Tensor2D,
  images: Tensor,
  slot: Tensor2D,
  swap: Tensor2D,
): { readonly seen: Tensor; readonly history: Tensor2D } {
  const [batch = 0, ...shape] = images.shape;
  const size = history.shape[0];
  const flat = reshape(images, [batch, sizeOf(shape)]) as Tensor2D;
  let kept = history;
  const seen = Array.from({ length: batch }, (_, row) => {
    const place = slice(slot, [row, 0], [1, size]);
    const image = slice(flat, [row, 0], [1, sizeOf(shape)]);
    const old = matMul(place, kept);
    const change = sub<Tensor2D>(image, old);
    kept = add(kept, matMul(place, change, true));
    return sub<Tensor2D>(image, mul(slice(swap, [row, 0], [1, 1]), change));
  });
  return { seen: reshape(concat(seen, 0), images.shape), history: kept };
}
