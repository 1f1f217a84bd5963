/**
 * What of its training rows a model holds beside statistics: whole rows, the columns' own values, or
 * runs of characters.
 */
export type HeldData = 'training rows' | 'column values' | 'n-grams';
