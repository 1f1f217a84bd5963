import type { NativeGate } from '../../threads/native-gate.js';
import type { PackedError } from '../../threads/pack-error.js';
import type { SessionPlace } from '../onnx/session-options.js';
import type { Feed } from '../program.js';
import type { HostTensors, TensorSpecs } from '../tensor.js';

/** The program that a thread runs, an ONNX file, and the gate around what it does. */
export interface ProgramTask {
  readonly gate: NativeGate;
  readonly model: Uint8Array;
  readonly inputs: TensorSpecs;
  readonly outputs: TensorSpecs;
  readonly place: SessionPlace;
}

/** A run that is asked for. */
export interface RunRequest {
  readonly feed: Feed;
}

/** What a thread with a program tells: that it is open, what each run made, in order, or what failed. */
export type FromProgram =
  | { readonly type: 'opened'; readonly engine: string; readonly device: string }
  | { readonly type: 'made'; readonly outputs: HostTensors }
  | { readonly type: 'failed'; readonly error: PackedError }
  | { readonly type: 'closed' };
