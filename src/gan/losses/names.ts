/** The name of a loss. */
export type LossName = 'minimax' | 'nonSaturating' | 'leastSquares' | 'wasserstein' | 'hinge';
