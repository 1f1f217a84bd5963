/** What can be done to images before the critic sees them. */
export const augmentationNames = ['color', 'translation', 'cutout'] as const;

/** One of them. */
export type Augmentation = (typeof augmentationNames)[number];
