import type { RatioConditions } from '../../gan/conditions/options.js';
import type { RecipeOption } from '../../gan/families/recipe-option.js';
import type { RatioOption } from '../options/ratio.js';

/** A way of mixing that the gate may try. */
export interface Candidate {
  /** Tells it from others. */
  readonly name: string;
  /** What the rows are made by, where there is a choice; else as the options say. */
  readonly recipe?: RecipeOption;
  readonly ratio: RatioOption;
  readonly conditions: RatioConditions | undefined;
  /** The column whose classes are balanced, where that is no wish of the user's. */
  readonly balance?: string;
  /** Whether only rows are kept whose class a model of the real rows agrees with. */
  readonly isAgreed?: boolean;
}
