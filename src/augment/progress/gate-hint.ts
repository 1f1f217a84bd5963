import type { AugmentEvent } from '../events.js';
import { gateInWords, verdictInWords } from './words.js';

/**
 * What there is to say of a gate where nobody watches: one line where it measures for long, and one
 * where it lets nothing in.
 *
 * @param silence Seconds without a word.
 */
export function createGateHint(
  silence: number,
  now: () => number,
): (event: AugmentEvent) => string | undefined {
  let since: number | undefined;
  let hasSpoken = false;
  return (event) => {
    if (event.type === 'gate') return event.mixes ? undefined : verdictInWords(event);
    if (event.type !== 'gate-started' || hasSpoken) return undefined;
    since ??= now();
    if (now() - since < 1000 * silence) return undefined;
    hasSpoken = true;
    return `the gate goes on measuring ${gateInWords(event)}; progress: 'log' shows more`;
  };
}
