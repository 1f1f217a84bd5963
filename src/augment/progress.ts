import { about, type Option } from '../options/option.js';
import { custom } from '../options/values.js';
import type { AugmentEvent } from './events.js';

/**
 * What is told of the events: a function, or an observer such as a Subject. Only `next` is called, as
 * one observer may watch several streams. What it throws fails the stream.
 */
export type ProgressObserver =
  | ((event: AugmentEvent) => void)
  | {
      /** Takes one event. */
      next(event: AugmentEvent): void;
    };

export const progressOption: Option<ProgressObserver> = about(
  'told of what happens, as it happens',
  custom('a function or an observer of events', (progress) => {
    if (typeof progress === 'function') return true;
    return typeof (progress as { next?: unknown } | null)?.next === 'function';
  }),
);
