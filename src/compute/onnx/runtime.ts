import { switchOffTelemetry } from '../../threads/telemetry.js';

/** The module of onnxruntime's native library. */
export type OnnxRuntime = typeof import('onnxruntime-node');

/** Loads onnxruntime's native library; nothing else may import it, as its telemetry goes off first. */
export function loadRuntime(): Promise<OnnxRuntime> {
  switchOffTelemetry();
  return import('onnxruntime-node');
}
