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
  readonly mix?: 'if-it-helps' | 'unless-it-hurts';
  readonly agree?: true;
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
    new Option(
      '--mix <when>',
      'mix rows in only if they help to predict --target, or unless they hurt (default: if-it-helps)',
    ).choices(['if-it-helps', 'unless-it-hurts']),
    new Option(
      '--agree',
      'keep rows only where a model of the real rows agrees with their class of --target',
    ),
  ].map((option) => option.helpGroup('Synthetic rows:'));

function shareFrom0(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= 0 && value < 1) return value;
  throw new InvalidArgumentError('It must be a number in [0, 1), such as 0.05.');
}

/** Flags have no spaces. */
const mixes = {
  'if-it-helps': 'if it helps',
  'unless-it-hurts': 'unless it hurts',
} as const;

/** The library's options for what `mixingOptions` parse to; with a target there is a gate. */
export function mixingFrom(
  { mode, limit, rejectCloserThan, gate, gateAtLeast, mix, agree }: MixingFlags,
  target: string | undefined,
): Pick<AugmentOptions, 'mode' | 'limit' | 'rejectCloserThan' | 'agree' | 'gate'> {
  const gated = gate && target !== undefined;
  return {
    mode,
    limit,
    rejectCloserThan,
    agree,
    ...(gated ? { gate: { target, atLeast: gateAtLeast, mix: mix && mixes[mix] } } : {}),
  };
}
