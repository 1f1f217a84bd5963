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
  readonly verdict: 'accepted' | 'lowered' | 'refused';
  /** What is mixed in; 0 where it is refused. */
  readonly ratio: RatioOption;
  readonly target: string;
  readonly measure: string;
  readonly trials: readonly GateTrial[];
}
