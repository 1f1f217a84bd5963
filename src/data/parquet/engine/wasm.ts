/** The Parquet engine: the exports of one instance of its WebAssembly. */
export type ParquetEngine = typeof import('parquet-wasm');

let current: ParquetEngine | undefined;

/**
 * Calls the engine.
 *
 * A call that traps leaves its instance as it was in the middle of the work: with memory that it
 * never gives back, up to 4 GiB, and perhaps worse. So a trap takes the instance with it, and the
 * next call gets a new one.
 */
export function callEngine<Result>(call: (engine: ParquetEngine) => Result): Result {
  current ??= load();
  const engine = current;
  try {
    return call(engine);
  } catch (error) {
    if (isTrap(error) && current === engine) current = undefined;
    throw error;
  }
}

/** Whether an error came from WebAssembly itself, and not from the engine's own checks. */
export function isTrap(error: unknown): boolean {
  // A stack that overflows is a RangeError of JavaScript.
  return error instanceof WebAssembly.RuntimeError || error instanceof RangeError;
}

/** Not imported: bundlers know that function, and put numbers or nothing in the place of its calls. */
const { createRequire } = process.getBuiltinModule('node:module');

function load(): ParquetEngine {
  // A new one each time: it would remember, and so keep in memory, the instances before.
  const require = createRequire(import.meta.url);
  const path = require.resolve('parquet-wasm');
  // Its module makes its only instance while it loads.
  delete require.cache[path];
  return require(path) as ParquetEngine;
}
