import type { Random } from '../../random.js';

/** The rows of one fold: those to learn from, and those to test on. */
export interface Fold {
  readonly train: Int32Array;
  readonly test: Int32Array;
}

/**
 * Cuts rows into folds, each with about the same share of every class; rows of unknown class are
 * learned from and tested on like those of a class of their own.
 *
 * @param classes The class of each row; a column of one class is cut evenly.
 */
export function stratifiedFolds(classes: ArrayLike<number>, folds: number, random: Random): Fold[] {
  const members = new Map<number, number[]>();
  for (let row = 0; row < classes.length; row++) {
    const code = classes[row] as number;
    const own = members.get(code);
    if (own) own.push(row);
    else members.set(code, [row]);
  }
  const foldOf = new Int32Array(classes.length);
  // Goes on where the class before has ended, so that folds are equally large.
  let next = 0;
  for (const code of [...members.keys()].sort((a, b) => a - b)) {
    const rows = members.get(code) as number[];
    shuffle(rows, random.fork('class', code));
    for (const row of rows) foldOf[row] = next++ % folds;
  }
  const all = Int32Array.from(foldOf.keys());
  return Array.from({ length: folds }, (_, fold) => ({
    train: all.filter((row) => foldOf[row] !== fold),
    test: all.filter((row) => foldOf[row] === fold),
  }));
}

function shuffle(rows: number[], random: Random): void {
  for (let k = rows.length - 1; k > 0; k--) {
    const other = random.integer(k + 1);
    [rows[k], rows[other]] = [rows[other] as number, rows[k] as number];
  }
}
