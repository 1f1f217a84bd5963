import { createHash } from 'node:crypto';
import type { RecordBatch, Schema } from 'apache-arrow';
import type { ColumnEncoder } from '../../encode/encoder.js';
import type { Seed } from '../../random.js';
import { type Manifest, stringifyManifest } from './manifest.js';
import type { MeasuredAttack } from './measured-attack.js';

/** A model's synthetic rows, batch after batch, without end. */
export interface OpenedRows {
  /** The next rows. */
  next(): Promise<RecordBatch>;
  /** Frees what making them needs. */
  dispose(): Promise<void>;
}

/** A trained model: what a model directory holds, and what is read from it. */
export interface Model {
  /** SHA-256 of `model.json`, which names the SHA-256 of the generator: equal ids, equal models. */
  readonly id: string;
  /** What `model.json` says. */
  readonly manifest: Manifest;
  /** The columns that it was trained on, and makes. */
  readonly schema: Schema;
  /** One fitted encoder a column. */
  readonly encoders: readonly ColumnEncoder[];
  /** The generator as an ONNX file, or what a maker without a network makes rows from. */
  readonly generator: Uint8Array;
  /** The one that translates the other way, of a model that has learned both. */
  readonly reverse?: Uint8Array | undefined;
  /**
   * Whether it was read from files that nobody vouches for, neither this process, which trained it, nor a
   * signature: its generator runs in a thread of its own, in bounds. Default: false.
   */
  readonly isForeign?: boolean | undefined;
  /**
   * Opens the rows of a model that makes them without a generator, such as a stand-in for tests; it
   * cannot be saved. The same seed and partition give the same rows.
   */
  readonly openRows?: (stream: { seed: Seed; partition: number }) => OpenedRows;
}

/** The same model, which says how well an attack on it did; another id. */
export function withAttack(model: Model, attack: MeasuredAttack): Model {
  const manifest: Manifest = { ...model.manifest, attack };
  return { ...model, manifest, id: sha256(stringifyManifest(manifest)) };
}

export function sha256(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}
