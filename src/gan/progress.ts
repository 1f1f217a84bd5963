/** One finished training step. */
export interface TrainingStep {
  /** From 1 to `steps`. */
  readonly step: number;
  readonly steps: number;
  readonly criticLoss: number;
  readonly generatorLoss: number;
}
