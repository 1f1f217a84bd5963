/** What a reader made of a file: its rows, the first of them in full, or why it has none. */
export type Reading =
  | {
      readonly rows: number;
      readonly columns: readonly ReadColumn[];
      /** Of this package: what became of the rows in an augmentation. */
      readonly augmented?: string;
    }
  | {
      readonly error: string;
      /** Of this package: whether the error is one of its own. */
      readonly isOurs?: boolean;
    };

/** A column, its values as `canonicalRows` writes them. */
export interface ReadColumn {
  readonly name: string;
  readonly family: string;
  readonly values: readonly unknown[];
}
