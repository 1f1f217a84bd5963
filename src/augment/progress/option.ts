import { about, type Option } from '../../options/option.js';
import { custom } from '../../options/values.js';
import type { AugmentEvent } from '../events.js';

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

/**
 * Who sees how the work goes on: an observer of events; or stderr, as lines now and then ('log') or as
 * one line that is drawn anew where stderr is a terminal ('bar'). Default: nobody, but for one line on
 * stderr about a training that takes more than ten seconds, and one when it is over; false is silent.
 */
export type ProgressOption = ProgressObserver | 'log' | 'bar' | false;

export const progressOption: Option<ProgressOption> = about(
  'who sees how the work goes on (log, bar, or false for nobody)',
  custom(
    "a function or an observer of events, 'log', 'bar' or false",
    (progress) =>
      progress === 'log' ||
      progress === 'bar' ||
      progress === false ||
      typeof progress === 'function' ||
      typeof (progress as { next?: unknown } | null)?.next === 'function',
    { enum: ['log', 'bar', false] },
  ),
);
