/** States of a training that can be kept. */
export const keepChoices = ['best', 'last'] as const;

/** The state that a training keeps: the best by held-out rows, or the last. */
export type KeepChoice = (typeof keepChoices)[number];
