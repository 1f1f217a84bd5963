import { InvalidOptionError } from '../../errors.js';

/** Watches whether the real rows are still like those that the model was trained on. */
export interface DriftOptions {
  /** Rows that are compared at once. Default 10,000. */
  readonly window?: number | undefined;
  /** Population stability index of a column from which on it has drifted. Default 0.25. */
  readonly threshold?: number | undefined;
  /**
   * Trains another model, in the background, on a sample of the rows that drifted, and takes its rows
   * from the next batch on. When that is depends on time, and so does the output. Training is as
   * `fit` says; what fails is told, and the model before stays. Default false.
   */
  readonly refit?: boolean | undefined;
}

/** A column that has drifted. */
export interface DriftedColumn {
  readonly name: string;
  /** Population stability index against the training rows. */
  readonly index: number;
  /** Of numbers: the largest difference of the cumulated shares, at the training rows' tenths. */
  readonly gap?: number;
}

export const defaultDrift = { window: 10_000, threshold: 0.25 } as const;

/** @throws InvalidOptionError for what cannot be watched. */
export function checkDrift(drift: DriftOptions | undefined): void {
  if (drift === undefined) return;
  if (typeof drift !== 'object' || drift === null) {
    throw new InvalidOptionError(`drift must be an object: ${String(drift)}. {} takes defaults`);
  }
  const { window, threshold, refit } = drift;
  if (window !== undefined && !(Number.isSafeInteger(window) && window >= 100)) {
    throw new InvalidOptionError(`drift.window must be a whole number from 100: ${window}`);
  }
  if (threshold !== undefined && !(Number.isFinite(threshold) && threshold > 0)) {
    throw new InvalidOptionError(`drift.threshold must be a positive number: ${threshold}`);
  }
  if (refit !== undefined && typeof refit !== 'boolean') {
    throw new InvalidOptionError(`drift.refit must be true or false: ${String(refit)}`);
  }
}
