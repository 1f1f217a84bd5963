import { InvalidArgumentError, Option } from 'commander';
import type { AugmentOptions } from '../augment/options/augment-options.js';
import { anyNumber, wholeNumber } from './options.js';

/** What `mixingOptions` parse to. */
export interface MixingFlags {
  readonly mode?: 'append' | 'replace';
  readonly limit?: number;
  readonly rejectCloserThan?: number;
  /** False for --no-gate. */
  readonly gate: boolean;
  readonly gateAtLeast?: number;
}

/** Options of how synthetic rows come among the real ones. */
export const mixingOptions = () =>
  [
    new Option('--mode <mode>', 'add synthetic rows, or replace real ones by them').choices([
      'append',
      'replace',
    ]),
    new Option('--limit <n>', 'synthetic rows in all, at most').argParser(wholeNumber(0)),
    new Option(
      '--reject-closer-than <share>',
      'drop copies of training rows, and rows nearer to one than this share of held-out rows is',
    )
      .argParser(shareFrom0)
      .conflicts('model'),
    new Option(
      '--no-gate',
      'mix rows in without measuring first whether they help to predict --target',
    ),
    new Option(
      '--gate-at-least <gain>',
      'mix rows in only if they gain so much in predicting --target',
    ).argParser(anyNumber),
  ].map((option) => option.helpGroup('Synthetic rows:'));

function shareFrom0(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= 0 && value < 1) return value;
  throw new InvalidArgumentError('It must be a number in [0, 1), such as 0.05.');
}

/** The library's options for what `mixingOptions` parse to; with a target there is a gate. */
export function mixingFrom(
  { mode, limit, rejectCloserThan, gate, gateAtLeast }: MixingFlags,
  target: string | undefined,
): Pick<AugmentOptions, 'mode' | 'limit' | 'rejectCloserThan' | 'gate'> {
  const gated = gate && target !== undefined;
  return {
    mode,
    limit,
    rejectCloserThan,
    ...(gated ? { gate: { target, atLeast: gateAtLeast } } : {}),
  };
}
