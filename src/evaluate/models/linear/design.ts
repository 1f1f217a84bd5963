import type { CategoricalColumn, NumericColumn, Rows } from '../../../columns/column.js';
import { quantileOf } from '../../../columns/statistics.js';

/** Features of rows as a linear model sees them: some numbers, and some places that hold a one. */
export interface Design {
  readonly rows: number;
  /** How many weights a row is multiplied with. */
  readonly width: number;
  /** Row-major scaled numbers; their weights come first. */
  readonly numbers: Float64Array;
  /** Of each row, one weight's place for each category; −1 for a level that was not seen. */
  readonly places: Int32Array;
}

/** What numbers are divided by, once centred: standard deviation, or interquartile range. */
export type Scaling = 'standard' | 'robust';

/** How rows become a design. */
export type Designer = (rows: Rows) => Design;

/**
 * Fits a designer to training rows: numbers are centred and scaled, null as the mean; each level,
 * and null, of a category is a place of its own.
 */
export function fitDesign({ columns }: Rows, scaling: Scaling = 'standard'): Designer {
  const numeric = columns.filter((column) => column.kind === 'numeric');
  const categorical = columns.filter((column) => column.kind === 'categorical');
  const scalers = numeric.map((column) => fitScaler(column, scaling));
  let width = numeric.length;
  const places = categorical.map((column) => {
    const own = placeLevels(column, width);
    width += own.count;
    return own;
  });
  return (rows) => {
    const design: Design = {
      rows: rows.length,
      width,
      numbers: new Float64Array(rows.length * numeric.length),
      places: new Int32Array(rows.length * categorical.length),
    };
    const all = rows.columns;
    const numbers = all.filter((column) => column.kind === 'numeric');
    const categories = all.filter((column) => column.kind === 'categorical');
    for (const [k, column] of numbers.entries()) {
      const { mean, centre, factor } = scalers[k] as Scaler;
      for (let row = 0; row < rows.length; row++) {
        const value = column.values[row] as number;
        const known = Number.isFinite(value) ? value : mean;
        design.numbers[row * numbers.length + k] = (known - centre) * factor;
      }
    }
    for (const [k, column] of categories.entries()) {
      const { placeOf } = places[k] as Places;
      for (let row = 0; row < rows.length; row++) {
        design.places[row * categories.length + k] =
          placeOf[(column.codes[row] as number) + 1] ?? -1;
      }
    }
    return design;
  };
}

interface Scaler {
  readonly mean: number;
  readonly centre: number;
  readonly factor: number;
}

function fitScaler({ values }: NumericColumn, scaling: Scaling): Scaler {
  const known = values.filter(Number.isFinite);
  const mean = known.reduce((sum, value) => sum + value, 0) / Math.max(1, known.length);
  // Nulls become the mean before the spread is measured, as an imputer in front would have it.
  const filled = values.map((value) => (Number.isFinite(value) ? value : mean));
  if (scaling === 'standard') {
    const squares = filled.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    return { mean, centre: mean, factor: invert(Math.sqrt(squares / Math.max(1, filled.length))) };
  }
  filled.sort();
  const range = quantileOf(filled, 0.75) - quantileOf(filled, 0.25);
  return { mean, centre: quantileOf(filled, 0.5), factor: invert(range) };
}

const invert = (spread: number) => (spread > 0 ? 1 / spread : 1);

interface Places {
  /** Weight of each level, that of null first; −1 where it does not occur. */
  readonly placeOf: Int32Array;
  readonly count: number;
}

function placeLevels({ codes, levels }: CategoricalColumn, first: number): Places {
  const placeOf = new Int32Array(levels.length + 1).fill(-1);
  for (const code of codes) placeOf[code + 1] = 0;
  let count = 0;
  for (let level = 0; level < placeOf.length; level++) {
    if (placeOf[level] === 0) placeOf[level] = first + count++;
  }
  return { placeOf, count };
}

/** Scores of every row, row-major: `outputs` intercepts, then `width` weights for each output. */
export function scoreDesign(design: Design, weights: Float64Array, outputs: number): Float64Array {
  const { rows, width } = design;
  const numbers = design.numbers.length / rows;
  const categories = design.places.length / rows;
  const scores = new Float64Array(rows * outputs);
  for (let output = 0; output < outputs; output++) {
    const start = outputs + output * width;
    for (let row = 0; row < rows; row++) {
      let score = weights[output] as number;
      for (let k = 0, at = row * numbers; k < numbers; k++, at++) {
        score += (design.numbers[at] as number) * (weights[start + k] as number);
      }
      for (let k = 0, at = row * categories; k < categories; k++, at++) {
        const place = design.places[at] as number;
        if (place >= 0) score += weights[start + place] as number;
      }
      scores[row * outputs + output] = score;
    }
  }
  return scores;
}

/** Adds up what `derivatives` of the scores, row-major, are of the weights. */
export function backDesign(
  design: Design,
  derivatives: Float64Array,
  outputs: number,
  gradient: Float64Array,
): void {
  const { rows, width } = design;
  const numbers = design.numbers.length / rows;
  const categories = design.places.length / rows;
  for (let output = 0; output < outputs; output++) {
    const start = outputs + output * width;
    for (let row = 0; row < rows; row++) {
      const own = derivatives[row * outputs + output] as number;
      gradient[output] = (gradient[output] as number) + own;
      for (let k = 0, at = row * numbers; k < numbers; k++, at++) {
        gradient[start + k] =
          (gradient[start + k] as number) + own * (design.numbers[at] as number);
      }
      for (let k = 0, at = row * categories; k < categories; k++, at++) {
        const place = design.places[at] as number;
        if (place >= 0) gradient[start + place] = (gradient[start + place] as number) + own;
      }
    }
  }
}
