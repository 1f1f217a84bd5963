import type { TrainingStep } from '../../gan/progress.js';

/** Shows how the work goes on. */
export interface Progress {
  /** A training step is done. */
  readonly onStep: (step: TrainingStep) => void;
  /** So many rows have been written. */
  readonly onRows: (rows: number) => void;
  /** This part of a report is being measured. */
  readonly onPart: (part: string) => void;
  /** Clears up. */
  readonly stop: () => void;
}
