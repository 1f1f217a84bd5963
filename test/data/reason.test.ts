import { describe, expect, it } from 'vitest';
import { reasonOf } from '../../src/data/reason.js';

const raised = (run: () => unknown): unknown => {
  try {
    return run();
  } catch (error) {
    return error;
  }
};

describe('reasonOf', () => {
  it.each([
    [new WebAssembly.RuntimeError('unreachable'), 'the decoder broke off in the middle of it'],
    [raised(() => (undefined as never as { a: number }).a), 'its parts do not fit together'],
    [raised(() => JSON.parse('{')), 'its parts do not fit together'],
    [raised(() => new DataView(new ArrayBuffer(1)).getInt32(0)), 'it refers to more than it has'],
    [raised(() => new Uint8Array(-1)), 'it refers to more than it has'],
    [raised(() => new Int32Array(new ArrayBuffer(8), 3)), 'it refers to more than it has'],
  ])('should not say what a program says of itself: %s', (cause, reason) => {
    expect(cause).toBeInstanceOf(Error);
    expect(reasonOf(cause)).toBe(reason);
  });

  it.each([
    ['Parquet error: External: the page is short\n   at wasm-function[12]', 'the page is short'],
    ['Parquet argument error: Parquet error: EOF', 'EOF'],
    [new RangeError('thrift ended too early'), 'thrift ended too early'],
    [new Error('the footer is damaged\nsecond line'), 'the footer is damaged'],
    [undefined, 'undefined'],
    ['', ''],
  ])('should keep the first line of what says what is wrong: %j', (cause, reason) => {
    expect(reasonOf(cause)).toBe(reason);
  });
});
