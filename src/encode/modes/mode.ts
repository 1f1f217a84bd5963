import type { Bounds } from './bulk.js';
import type { PiecewiseLinear } from './curve.js';

/**
 * One way for a number to be: near a center (`gaussian`), exactly a value that many rows share
 * (`atom`; also NaN and the infinities), within an interval (`interval`, see `cutIntervals`), anywhere in
 * the range that no other mode covers (`bridge`), or anywhere beyond the bulk (`far`, see `findBulk`).
 */
export interface Mode {
  readonly kind: 'gaussian' | 'atom' | 'interval' | 'bridge' | 'far';
  readonly center: number;
  /** Of the Gaussian; 0 for the others. */
  readonly deviation: number;
  /** The distance from the center that is encoded as 1; 0 for an atom. */
  readonly halfWidth: number;
  /** Share of the sample. */
  readonly weight: number;
  /** What an encoded number goes through before it is decoded. */
  readonly curve?: PiecewiseLinear | undefined;
}

/** Mode-specific normalisation of a numeric column, fitted. */
export interface Modes {
  readonly minimum: number;
  readonly maximum: number;
  /** What Gaussians and bridges keep to, where extremes lie far beyond; else the whole range. */
  readonly bulk?: Bounds | undefined;
  readonly modes: readonly Mode[];
}

/** The mode of a value that many rows share. @param weight Share of the sample. */
export function atom(center: number, weight: number): Mode {
  return { kind: 'atom', center, deviation: 0, halfWidth: 0, weight };
}

/** Encoded numbers stay within this of 0 (Xu et al. 2019). */
export const clip = 0.99;
