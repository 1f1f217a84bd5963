import type { InferenceSession } from 'onnxruntime-common';
import type { OnnxDevice } from '../engines/options.js';

/** Where a session runs. */
export interface SessionPlace {
  /** Default 'cpu', which also computes the operators that another device lacks; 'wasm' is WebAssembly. */
  readonly device?: OnnxDevice | undefined;
  /** Threads that share one operator on the cpu. Default 1. */
  readonly threads?: number | undefined;
}

export function sessionOptions({
  device = 'cpu',
  threads = 1,
}: SessionPlace): InferenceSession.SessionOptions {
  return {
    // With a second choice, onnxruntime would take it without a word.
    executionProviders: [device],
    graphOptimizationLevel: 'all',
    executionMode: 'sequential',
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    logSeverityLevel: 3,
  };
}
