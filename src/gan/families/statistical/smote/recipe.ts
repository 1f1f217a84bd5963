/** How SMOTE-NC makes rows. */
export interface SmoteRecipe {
  /** Nearest rows of the same class that a new row may lie between. */
  readonly neighbours: number;
  /** Neighbours are looked for among so many rows of each class. */
  readonly candidates: number;
}

/** SMOTE-NC (Chawla et al. 2002), with the article's neighbours. */
export const smoteNC: SmoteRecipe = { neighbours: 5, candidates: 5000 };
