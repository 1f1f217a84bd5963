/** What recipes for texts have besides those of all tensors. */
export interface TextSettings {
  /** Characters of a text, at most: longer texts are left out. 0 for as many as texts have. */
  readonly longest: number;
}
