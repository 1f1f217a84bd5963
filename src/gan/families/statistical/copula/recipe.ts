/** How a copula makes rows. */
export interface CopulaRecipe {
  /** Whether the rows of each class of the target, if there is one, have a copula of their own. */
  readonly perClass: boolean;
}

/** One for each class, where there is a target of classes. */
export const copula: CopulaRecipe = { perClass: true };
