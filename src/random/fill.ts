import { addresses, assembleKernels, type Distribution, turnLength } from './kernels.js';

/** 32-bit words of the generators' state: any will do, if it is random. */
export const stateLength = 16;
/** Numbers made at once: they stay in the processor's nearest cache until they are copied. */
const block = 4096;

interface Kernels {
  readonly functions: Readonly<Record<Distribution, (end: number) => void>>;
  readonly state: Uint32Array;
  readonly threshold: Uint32Array;
  readonly kept: Float32Array;
  readonly output: Float32Array;
}

let shared: Kernels | undefined;

/**
 * The kernels, compiled on first use. WebAssembly's arithmetic is the same to the bit on every
 * machine and in every version of V8; `Math.sin` and `Math.cos` are not.
 */
function kernels(): Kernels {
  if (!shared) {
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(assembleKernels()));
    const { buffer } = exports.memory as WebAssembly.Memory;
    shared = {
      functions: exports as unknown as Kernels['functions'],
      state: new Uint32Array(buffer, addresses.state, stateLength),
      threshold: new Uint32Array(buffer, addresses.threshold, 4),
      kept: new Float32Array(buffer, addresses.kept, 4),
      output: new Float32Array(buffer, addresses.output, block),
    };
  }
  return shared;
}

/**
 * Fills with numbers of a distribution, and advances `state`.
 *
 * @param rate Share of zeros, for dropout.
 */
export function fill(
  distribution: Distribution,
  state: Uint32Array,
  target: Float32Array,
  rate = 0,
): void {
  const { functions, state: current, threshold, kept, output } = kernels();
  const run = functions[distribution];
  current.set(state);
  threshold.fill(Math.min(Math.round(rate * 2 ** 32), 2 ** 32 - 1));
  kept.fill(1 / (1 - rate));
  for (let start = 0; start < target.length; start += block) {
    const length = Math.min(block, target.length - start);
    run(addresses.output + 4 * Math.ceil(length / turnLength) * turnLength);
    target.set(length === block ? output : output.subarray(0, length), start);
  }
  state.set(current);
}
