import type { AugmentEvent } from './events.js';
import { createHint } from './progress/hint.js';
import { createLog } from './progress/log.js';
import type { ProgressObserver, ProgressOption } from './progress/option.js';
import type { TextOutput } from './progress/terminal.js';

/** Tells of an event. */
export type EmitEvent = (event: AugmentEvent) => void;

/** What tells of events who is to see them; undefined if nobody is. */
export function createEmitter(
  progress: ProgressOption | undefined,
  output: TextOutput = process.stderr,
): EmitEvent | undefined {
  if (progress === false) return undefined;
  if (progress === undefined) return createHint(output);
  if (progress === 'log' || progress === 'bar') return createLog(output, progress === 'bar');
  return emitTo(progress);
}

/** Once the observer has thrown, nothing goes on. */
function emitTo(progress: ProgressObserver): EmitEvent {
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
