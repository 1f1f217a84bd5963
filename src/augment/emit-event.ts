import { InvalidOptionError } from '../errors.js';
import type { AugmentEvent, ProgressObserver } from './events.js';

/** Tells of an event. */
export type EmitEvent = (event: AugmentEvent) => void;

/** @throws InvalidOptionError for what cannot be told of events. */
export function checkProgress(progress: unknown): void {
  if (progress === undefined || typeof progress === 'function') return;
  const next = typeof progress === 'object' && progress !== null && 'next' in progress;
  if (next && typeof progress.next === 'function') return;
  throw new InvalidOptionError(
    `progress must be a function or an observer of events: ${String(progress)}`,
  );
}

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
