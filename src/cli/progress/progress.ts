import type { TrainingStep } from '../../gan/training/progress.js';

/** Shows how the work goes on. */
export interface Progress {
  /** A training step is done. */
  readonly onStep: (step: TrainingStep) => void;
  /** So many rows have been written. */
  readonly onRows: (rows: number) => void;
  /** This is being measured; `slow` if it takes long in any case. */
  readonly onPart: (part: string, slow?: boolean) => void;
  /** A line that stays. */
  readonly note: (line: string) => void;
  /** Clears up. */
  readonly stop: () => void;
}
