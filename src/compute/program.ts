import { ComputeError } from '../errors.js';
import { type HostTensors, sizeOf, type TensorSpecs } from './tensor.js';

/** Values fed to one run of a program, by input name; row-major, of the input's size. */
export type Feed = Record<string, Float32Array | Int32Array>;

/** A compiled step with the state that it carries from run to run. */
export interface Program {
  /** The engine that runs it, for example `onnx` or `tfjs`. */
  readonly engine: string;
  /**
   * Runs one step: the state becomes the step's new state.
   *
   * @returns The step's outputs. Their memory is used again by the next run.
   */
  run(feed: Feed): Promise<HostTensors>;
  /** A copy of the state as it is now. */
  readState(): HostTensors;
  /** Frees native memory; the program cannot run afterwards. */
  dispose(): Promise<void>;
}

/** Raises unless each input is fed as many values as it has. */
export function checkFeed(inputs: TensorSpecs, feed: Feed): void {
  for (const [name, { shape }] of Object.entries(inputs)) {
    const fed = feed[name]?.length;
    if (fed !== sizeOf(shape)) {
      throw new ComputeError(
        `input '${name}' must have ${sizeOf(shape)} values for [${shape}]: ${fed ?? 'none'}`,
      );
    }
  }
}
