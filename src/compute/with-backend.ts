import { engine, getBackend, setBackend } from '@tensorflow/tfjs-core';
import { withGradients } from './gradients/index.js';

/**
 * Runs `body` on a registered tfjs backend that needs no asynchronous start, with our gradients,
 * and then gives the process its own back: tfjs's state is global, and it belongs to the user.
 */
export function withBackend<Result>(name: string, body: () => Result): Result {
  const previous = engine().backendName === undefined ? undefined : getBackend();
  setBackend(name);
  engine().startScope();
  try {
    return withGradients(body);
  } finally {
    engine().endScope();
    if (previous !== undefined && previous !== name) setBackend(previous);
  }
}
