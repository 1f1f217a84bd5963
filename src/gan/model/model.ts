import { createHash } from 'node:crypto';
import type { Schema } from 'apache-arrow';
import type { ColumnEncoder } from '../../encode/encoder.js';
import type { Manifest } from './manifest.js';

/** A trained model: what a model directory holds, and what is read from it. */
export interface Model {
  /** SHA-256 of `model.json`, which names the SHA-256 of the generator: equal ids, equal models. */
  readonly id: string;
  readonly manifest: Manifest;
  readonly schema: Schema;
  readonly encoders: readonly ColumnEncoder[];
  /** The generator as an ONNX file. */
  readonly generator: Uint8Array;
}

export function sha256(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}
