import { sayOnce } from '../../threads/say-once.js';
import { switchOffTelemetry } from '../../threads/telemetry.js';
import { loadRuntime } from './runtime.js';

let problem: Promise<string | undefined> | undefined;

/** Why onnxruntime's native library cannot be used here; undefined if it can. It is loaded once. */
export function nativeProblem(): Promise<string | undefined> {
  switchOffTelemetry();
  problem ??= loadRuntime().then(
    () => undefined,
    (error: Error) => error.message.replace(/^ganAugment: /, '').replace(/\.$/, ''),
  );
  return problem;
}

/** What is said where the native library's work falls to WebAssembly. */
export function wasmNotice(reason: string): string {
  return (
    `${reason}. Its WebAssembly build computes instead, on one thread, which takes about twice as ` +
    "long for tables. Say device 'wasm' if that is as it should be"
  );
}

/** The device that computes where none is asked for: the cpu, natively if that is possible. */
export async function defaultDevice(): Promise<'cpu' | 'wasm'> {
  const reason = await nativeProblem();
  if (reason === undefined) return 'cpu';
  sayOnce(wasmNotice(reason));
  return 'wasm';
}
