/**
 * A gate between a thread that runs native code and the thread that may end it.
 *
 * To end a thread in the middle of onnxruntime's native code is to end the process: the addon then
 * raises what nobody can catch. So the one thread passes the gate around each native call, and the
 * other closes it first; when it is closed, nothing native runs in there, nor ever will.
 */
export type NativeGate = Int32Array;

const free = 0;
const inside = 1;
/** Inside, and to be closed on leaving. */
const awaited = 2;
const closed = 3;

/** An open gate, which threads can share. */
export function createNativeGate(): NativeGate {
  return new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
}

/** Closes the gate. `false` says that native code still runs, and that the gate closes after it. */
export function closeNativeGate(gate: NativeGate): boolean {
  for (;;) {
    const state = Atomics.load(gate, 0);
    if (state === closed) return true;
    if (state === awaited) return false;
    const next = state === free ? closed : awaited;
    if (Atomics.compareExchange(gate, 0, state, next) === state) return next === closed;
  }
}

/** Closes the gate and holds this thread until it is closed, or for so many milliseconds. */
export function waitForNativeGate(gate: NativeGate, patience: number): void {
  if (!closeNativeGate(gate)) Atomics.wait(gate, 0, awaited, patience);
}

let own: { readonly gate: NativeGate; readonly onClosed: () => void } | undefined;
let callers = 0;

/** Lets all native calls of this thread pass a gate. `onClosed` is told when one has to wait forever. */
export function useNativeGate(gate: NativeGate, onClosed: () => void): void {
  own = { gate, onClosed };
}

/** Runs native code, through the gate if this thread has one. Never settles once it is closed. */
export async function native<Result>(work: () => Promise<Result>): Promise<Result> {
  if (!own) return work();
  const { gate, onClosed } = own;
  if (callers === 0 && Atomics.compareExchange(gate, 0, free, inside) !== free) await never();
  callers++;
  try {
    return await work();
  } finally {
    callers--;
    if (callers === 0 && Atomics.compareExchange(gate, 0, inside, free) === awaited) {
      Atomics.store(gate, 0, closed);
      Atomics.notify(gate, 0);
      onClosed();
      await never();
    }
  }
}

function never(): Promise<never> {
  return new Promise(() => {});
}
