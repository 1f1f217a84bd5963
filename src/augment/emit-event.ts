import type { AugmentEvent } from './events.js';
import type { ProgressObserver } from './progress.js';

/** Tells of an event. */
export type EmitEvent = (event: AugmentEvent) => void;

/** What tells the observer of events, if there is one. Once it has thrown, nothing goes on. */
export function createEmitter(progress: ProgressObserver | undefined): EmitEvent | undefined {
  if (progress === undefined) return undefined;
  const emit: EmitEvent =
    typeof progress === 'function' ? progress : (event) => progress.next(event);
  let failure: { readonly error: unknown } | undefined;
  return (event) => {
    // What it threw in the background must not be taken for a failure of the training alone.
    if (failure) throw failure.error;
    try {
      emit(event);
    } catch (error) {
      failure = { error };
      throw error;
    }
  };
}
