/** Options of Adam (Kingma and Ba 2015). */
export interface AdamOptions {
  readonly learningRate: number;
  /** Decay of the running mean of gradients and of their squares. */
  readonly betas: readonly [number, number];
  /** Default 1e-8. */
  readonly epsilon?: number;
  /** L2 decay, added to the gradient. Default 0. */
  readonly decay?: number;
}

/** Options of RMSprop (Hinton 2012). */
export interface RmspropOptions {
  readonly learningRate: number;
  /** Decay of the running mean of squared gradients. Default 0.99. */
  readonly decayRate?: number;
  /** Default 1e-8. */
  readonly epsilon?: number;
}

/** An optimiser with its options. */
export type Optimizer =
  | ({ readonly kind: 'adam' } & AdamOptions)
  | ({ readonly kind: 'rmsprop' } & RmspropOptions);
