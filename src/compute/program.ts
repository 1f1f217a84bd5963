import { ComputeError } from '../errors.js';
import { type HostTensors, mapEntries, sizeOf, type TensorSpecs } from './tensor.js';

/** Values fed to a run of a program, by input name; row-major, of the input's size a step. */
export type Feed = Record<string, Float32Array | Int32Array>;

/** A compiled step with the state that it carries from run to run. */
export interface Program {
  /** The engine that runs it, for example `onnx` or `tfjs`. */
  readonly engine: string;
  /** The engine's device, for example `cpu`. */
  readonly device: string;
  /**
   * Bytes of activations, gradients and the like that a step needs at once, about; undefined where
   * they are not known before it runs.
   */
  readonly activationBytes?: number | undefined;
  /**
   * Makes `steps` steps, by default one: the state becomes the last step's new state.
   *
   * @param feed The inputs of all steps, one step after the other.
   * @returns The outputs likewise, with a leading axis of steps if there are several. Their memory
   * is used again by the next run.
   */
  run(feed: Feed, steps?: number): Promise<HostTensors>;
  /** A copy of the state as it is now. */
  readState(): HostTensors;
  /** Frees native memory; the program cannot run afterwards. */
  dispose(): Promise<void>;
}

/** Raises unless each input is fed as many values as it has in `steps` steps. */
export function checkFeed(inputs: TensorSpecs, feed: Feed, steps: number): void {
  if (!Number.isSafeInteger(steps) || steps < 1) {
    throw new ComputeError(`a run makes a positive whole number of steps: ${steps}`);
  }
  for (const [name, { shape }] of Object.entries(inputs)) {
    const fed = feed[name]?.length;
    if (fed !== steps * sizeOf(shape)) {
      const times = steps === 1 ? '' : `${steps} times `;
      throw new ComputeError(
        `input '${name}' must have ${steps * sizeOf(shape)} values for ${times}[${shape}]: ` +
          `${fed ?? 'none'}`,
      );
    }
  }
}

/** The shape of an output of a run: `shape` itself, or that many times. */
export function runShape(shape: readonly number[], steps: number): readonly number[] {
  return steps === 1 ? shape : [steps, ...shape];
}

/** The part of a run's feed that belongs to step `k`, in the same memory. */
export function feedOfStep(inputs: TensorSpecs, feed: Feed, k: number): Feed {
  return mapEntries(inputs, ({ shape }, name) => {
    const size = sizeOf(shape);
    return (feed[name] as Float32Array).subarray(k * size, (k + 1) * size);
  });
}
