/** Sides of the patches that a critic can see, and how often it halves the image for each. */
export const halvings = { 16: 1, 34: 2, 70: 3 } as const;

/** Side of the patches, in pixels, that a critic judges each by itself. */
export type PatchSize = keyof typeof halvings;

/** All sides. */
export const patchSizes: readonly PatchSize[] = [16, 34, 70];

/** The smallest image that such a critic gives a score for. */
export function smallestImage(patch: PatchSize): number {
  return 3 * 2 ** halvings[patch];
}
