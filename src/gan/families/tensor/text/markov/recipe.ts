/** How a Markov model makes texts. */
export interface MarkovRecipe {
  /** Characters that the next one depends on. */
  readonly order: number;
}

/** Five characters: words and their endings. */
export const markov: MarkovRecipe = { order: 5 };
