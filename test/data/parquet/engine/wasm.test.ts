import { describe, expect, it } from 'vitest';
import { callEngine } from '../../../../src/data/parquet/engine/wasm.js';

const memoryOf = () => callEngine((engine) => engine.wasmMemory());

describe('callEngine', () => {
  it.each([
    new WebAssembly.RuntimeError('unreachable'),
    new RangeError('Maximum call stack size exceeded'),
  ])('should start anew after a trap: %s', (trap) => {
    const before = memoryOf();

    const call = () =>
      callEngine(() => {
        throw trap;
      });

    expect(call).toThrow(trap);
    expect(memoryOf()).not.toBe(before);
    expect(memoryOf()).toBe(memoryOf());
  });

  it('should go on after an error that the engine raises itself', () => {
    const before = memoryOf();

    const call = () => callEngine((engine) => engine.readParquet(Uint8Array.of(1, 2, 3)));

    expect(call).toThrow();
    expect(memoryOf()).toBe(before);
  });
});
