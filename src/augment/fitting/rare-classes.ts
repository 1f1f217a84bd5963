import type { Random } from '../../random.js';

/** Columns of more levels are not taken for classes. */
const mostClasses = 1000;

/** Rows of each class that a sample of `size` rows holds at least, if there are as many. */
export function leastRowsOfClass(size: number, classes = 1): number {
  const usual = Math.max(20, Math.ceil(size / 1000));
  return Math.min(usual, Math.floor(size / 2 / classes));
}

/** Rows of classes, counted as they go by. */
export interface ClassSurvey {
  /** Rows so far. */
  readonly rows: number;
  /** Counts the classes of the next rows, by their texts. */
  add(classes: readonly (string | null)[]): void;
  /** Numbers of rows without which a sample of `size` rows would hold too few of a rare class. */
  rowsOfRareClasses(size: number): number[];
}

/**
 * Draws some rows of each class evenly, with memory for these alone. Which rows they are depends on
 * `random` and the rows' numbers, not on how they are cut into batches.
 */
export function surveyClasses(size: number, random: Random): ClassSurvey {
  const least = leastRowsOfClass(size);
  const drawn = new Map<string, { count: number; readonly numbers: number[] }>();
  let rows = 0;
  const take = (name: string | null) => {
    const row = rows++;
    if (name === null || drawn.size > mostClasses) return;
    const known = drawn.get(name) ?? { count: 0, numbers: [] };
    if (known.count === 0) drawn.set(name, known);
    const place = known.count < least ? known.count : random.integer(known.count + 1);
    known.count++;
    if (place < least) known.numbers[place] = row;
  };
  return {
    get rows() {
      return rows;
    },
    add: (classes) => classes.forEach(take),
    rowsOfRareClasses(wanted) {
      if (drawn.size > mostClasses) return [];
      const floor = leastRowsOfClass(wanted, drawn.size);
      return [...drawn.values()].flatMap(({ count, numbers }) => {
        const missing = Math.min(count, Math.ceil(floor - (count * wanted) / rows));
        return missing > 0 ? pick(numbers, missing, random) : [];
      });
    },
  };
}

/** Some of the numbers, each with the same probability. */
function pick(numbers: readonly number[], count: number, random: Random): number[] {
  const left = [...numbers];
  const picked = Math.min(count, left.length);
  for (let place = 0; place < picked; place++) {
    const other = place + random.integer(left.length - place);
    [left[place], left[other]] = [left[other] as number, left[place] as number];
  }
  return left.slice(0, picked);
}
