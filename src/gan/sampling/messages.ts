import type { PackedBatch } from '../../data/transfer/pack.js';
import type { NativeGate } from '../../threads/native-gate.js';
import type { PackedError } from '../../threads/pack-error.js';
import type { SampleStream } from './sampler.js';
import type { SamplingTarget } from './sampling-target.js';

/** What a sampling thread is started with. */
export interface SampleTask {
  readonly gate: NativeGate;
  /** The files of the model, by name. */
  readonly files: Readonly<Record<string, Uint8Array>>;
  readonly stream: SampleStream;
  readonly place: SamplingTarget;
}

/** What it is then asked for: some chunks in a row. */
export interface BlockRequest {
  readonly first: number;
  readonly count: number;
}

/** What it answers: that it has opened the model, and each block as it was asked for. */
export type FromSampler =
  | { readonly type: 'ready' }
  | { readonly type: 'block'; readonly batch: PackedBatch }
  | { readonly type: 'failed'; readonly error: PackedError }
  | { readonly type: 'closed' };
