import {
  type MessagePort,
  parentPort,
  type TransferListItem,
  workerData,
} from 'node:worker_threads';

/** A thread as the code that runs in it sees it. */
export interface ThisThread<Task, Received, Sent> {
  /** What it was started with. */
  readonly task: Task;
  /** Sends a message to the thread that started this one; what is in `transfer` is given away. */
  post(message: Sent, transfer?: readonly TransferListItem[]): void;
  /** Calls `listener` with each message that arrives, in order, from now on. */
  onMessage(listener: (message: Received) => void): void;
}

/** Opens the thread that runs this code. Not for the main thread, which nobody started. */
export function openThisThread<Task, Received, Sent>(): ThisThread<Task, Received, Sent> {
  const port = parentPort as MessagePort;
  return {
    task: workerData as Task,
    post: (message, transfer = []) => port.postMessage(message, transfer),
    onMessage: (listener) => void port.on('message', listener),
  };
}
