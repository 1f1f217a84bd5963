import { engine, setBackend } from '@tensorflow/tfjs-core';
import { withGradients } from './gradients/index.js';

/**
 * Runs `body` on a registered tfjs backend that needs no asynchronous start, with our gradients,
 * and then gives the process its own back: tfjs's state is global, and it belongs to the user.
 */
export function withBackend<Result>(name: string, body: () => Result): Result {
  const previous: string | undefined = engine().backendName;
  setBackend(name);
  engine().startScope();
  try {
    return withGradients(body);
  } finally {
    engine().endScope();
    restoreBackend(previous);
  }
}

/** Gives the process back the backend that it had, if any. */
export function restoreBackend(previous: string | undefined): void {
  if (previous !== undefined) setBackend(previous);
  // As before the first use: tfjs will choose among the user's backends.
  else Object.assign(engine(), { backendName: undefined, backendInstance: null });
}
