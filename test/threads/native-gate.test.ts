import fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import {
  closeNativeGate,
  createNativeGate,
  type NativeGate,
  native,
  useNativeGate,
  waitForNativeGate,
} from '../../src/threads/native-gate.js';

let gate: NativeGate;
let closed: number;

beforeEach(() => {
  gate = createNativeGate();
  closed = 0;
  useNativeGate(gate, () => closed++);
});

// Test files share their modules: a gate that is left closed would let no other test compute.
afterAll(() => useNativeGate(createNativeGate(), () => {}));

/** Lets everything that is ready run. */
const settle = () => new Promise((resolve) => setTimeout(resolve, 0));

describe('a native gate', () => {
  it('should let results and errors through while it is open', async () => {
    const broken = new Error('broken');

    expect(await native(async () => 7)).toBe(7);
    await expect(native(() => Promise.reject(broken))).rejects.toBe(broken);
    expect(await native(() => native(async () => 8))).toBe(8);
  });

  it('should close at once while nothing native runs, and let nothing in again', async () => {
    let entered = false;

    expect(closeNativeGate(gate)).toBe(true);
    void native(async () => {
      entered = true;
    });
    await settle();

    expect(entered).toBe(false);
    expect(closeNativeGate(gate)).toBe(true);
    waitForNativeGate(gate, 1000);
  });

  it('should close when the last native call has ended, and say so once', async () => {
    let settled = 0;
    const finish: (() => void)[] = [];
    for (const _ of [1, 2]) {
      const call = native(() => new Promise<void>((resolve) => finish.push(resolve)));
      void call.then(() => settled++);
    }

    expect(closeNativeGate(gate)).toBe(false);
    finish[0]?.();
    await settle();
    expect([closed, settled]).toEqual([0, 1]);
    finish[1]?.();
    await settle();

    expect([closed, settled]).toEqual([1, 1]);
    expect(closeNativeGate(gate)).toBe(true);
  });

  it('should never be closed around native code, whenever it is closed', async () => {
    const cases = fc.tuple(fc.array(fc.nat(3), { maxLength: 12 }), fc.nat(12), fc.scheduler());
    await fc.assert(
      fc.asyncProperty(cases, async ([delays, closeAt, scheduler]) => {
        const own = createNativeGate();
        let inside = 0;
        let isClosed = false;
        useNativeGate(own, () => {
          expect(inside).toBe(0);
          isClosed = true;
        });
        const work = async () => {
          expect(isClosed).toBe(false);
          inside++;
          await scheduler.schedule(Promise.resolve());
          inside--;
        };
        for (const [k, delay] of delays.entries()) {
          if (k === closeAt) {
            isClosed = closeNativeGate(own);
            if (isClosed) expect(inside).toBe(0);
          }
          void native(work);
          for (let i = 0; i < delay && scheduler.count() > 0; i++) await scheduler.waitOne();
        }
        await scheduler.waitIdle();
        if (delays.length > closeAt) expect(isClosed).toBe(true);
      }),
    );
  });
});
