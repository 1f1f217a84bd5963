import type { Worker } from 'node:worker_threads';
import {
  closeNativeGate,
  createNativeGate,
  type NativeGate,
  waitForNativeGate,
} from './native-gate.js';

/** A thread that runs native code, and can be ended while it does. */
export interface NativeThread {
  readonly worker: Worker;
  /** Ends the thread, at once or after the native call that it is in, and settles when it is gone. */
  end(): Promise<void>;
  /** The thread has left native code for good. */
  closed(): void;
}

/** Milliseconds that the process, when it exits, waits for a native call to end. */
const patience = 10_000;

const openGates = new Set<NativeGate>();

function closeGates(): void {
  for (const gate of openGates) waitForNativeGate(gate, patience);
}

/** Starts a thread that passes its native calls through the gate that it is given. */
export function openNativeThread(start: (gate: NativeGate) => Worker): NativeThread {
  const gate = createNativeGate();
  const worker = start(gate);
  if (openGates.size === 0) process.on('exit', closeGates);
  openGates.add(gate);
  const gone = new Promise<void>((resolve) => {
    worker.once('exit', () => {
      openGates.delete(gate);
      if (openGates.size === 0) process.off('exit', closeGates);
      resolve();
    });
  });
  return {
    worker,
    end() {
      if (closeNativeGate(gate)) void worker.terminate();
      return gone;
    },
    closed: () => void worker.terminate(),
  };
}
