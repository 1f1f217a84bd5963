import type { RatioOption } from '../options/ratio.js';

/** What came of one ratio that was tried. */
export interface GateTrial {
  readonly ratio: RatioOption;
  /** The gain, and its 95 % interval. */
  readonly lift: {
    readonly mean: number | null;
    readonly low: number | null;
    readonly high: number | null;
  };
  readonly passed: boolean;
}

/** What the gate has decided, and why. */
export interface GateVerdict {
  /** 'accepted': at the ratio asked for; 'lowered': at a smaller one; 'refused': not at all. */
  readonly verdict: 'accepted' | 'lowered' | 'refused';
  /** What is mixed in; 0 where it is refused. */
  readonly ratio: RatioOption;
  /** The column that was predicted. */
  readonly target: string;
  /** What the gain is measured in: average precision, macro-F1 or R². */
  readonly measure: string;
  /** Why nothing could be measured, and what to do, where that is so. */
  readonly reason?: string;
  /** What was measured, ratio by ratio, in the order of the trials. */
  readonly trials: readonly GateTrial[];
}
