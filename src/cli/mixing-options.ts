import { Option } from 'commander';
import { type AugmentOptions, augmentOptions } from '../augment/options/augment-options.js';
import { gateShape } from '../augment/options/gate.js';
import { flagOf } from './flag.js';

/** What `mixingOptions` parse to. */
export interface MixingFlags {
  readonly mode?: 'append' | 'replace';
  readonly placement?: 'interleave' | 'append';
  readonly limit?: number;
  readonly partition?: number;
  readonly rowsBefore?: number;
  readonly rejectCloserThan?: number;
  /** False for --no-gate. */
  readonly gate: boolean;
  readonly gateAtLeast?: number;
  readonly gateSeconds?: number;
  readonly mix?: 'if-it-helps' | 'unless-it-hurts';
  readonly agree?: true;
}

const { shape } = augmentOptions;

/** Options of how synthetic rows come among the real ones. */
export const mixingOptions = () =>
  [
    flagOf('--mode <mode>', shape.mode),
    flagOf('--placement <place>', shape.placement),
    flagOf('--limit <n>', shape.limit),
    flagOf('--partition <n>', shape.partition, ' (default: 0)'),
    flagOf('--rows-before <n>', shape.rowsBefore, ', for shares that are exact over all'),
    flagOf('--reject-closer-than <share>', shape.rejectCloserThan).conflicts('model'),
    new Option(
      '--no-gate',
      'mix rows in without measuring first whether they help to predict --target',
    ),
    flagOf('--gate-at-least <gain>', gateShape.atLeast),
    flagOf('--gate-seconds <n>', gateShape.seconds),
    new Option(
      '--mix <when>',
      'mix rows in only if they help to predict --target, or unless they hurt (default: if-it-helps)',
    ).choices(['if-it-helps', 'unless-it-hurts']),
    new Option('--agree', shape.agree.about),
  ].map((option) => option.helpGroup('Synthetic rows:'));

/** Flags have no spaces. */
const mixes = {
  'if-it-helps': 'if it helps',
  'unless-it-hurts': 'unless it hurts',
} as const;

/** The library's options for what `mixingOptions` parse to; with a target there is a gate. */
export function mixingFrom(
  { gate, gateAtLeast, gateSeconds, mix, ...flags }: MixingFlags,
  target: string | undefined,
): Pick<AugmentOptions, keyof Omit<MixingFlags, 'gateAtLeast' | 'gateSeconds' | 'mix'>> {
  const { mode, placement, limit, partition, rowsBefore, rejectCloserThan, agree } = flags;
  const gated = gate && target !== undefined;
  const own = { target, atLeast: gateAtLeast, seconds: gateSeconds, mix: mix && mixes[mix] };
  return {
    ...{ mode, placement, limit, partition, rowsBefore, rejectCloserThan, agree },
    ...(gated ? { gate: own } : {}),
  };
}
