/** One finished training step. */
export interface TrainingStep {
  /** From 1 to `steps`. */
  readonly step: number;
  /** Steps in all. */
  readonly steps: number;
  /** By name: `critic` and `generator` of a GAN, `reconstruction` and `divergence` of a TVAE. */
  readonly losses: Readonly<Record<string, number>>;
}
