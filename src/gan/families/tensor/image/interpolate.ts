import type { RecordBatch } from 'apache-arrow';
import type { Seed } from '../../../../random.js';
import type { Model } from '../../../model/model.js';
import type { TensorRecipe } from '../recipe.js';
import { makeAlongPaths } from './paths.js';

/** How many walks there are, and of how many images each is. */
export interface Walks {
  readonly rows: number;
  /** At least 2. */
  readonly columns: number;
  readonly seed?: Seed | undefined;
}

/**
 * Walks from one latent vector to another, along a circle so that each place is as likely as the
 * ends (White 2016), or straight between uniform ones; the label stays. A batch of rows × columns
 * images, walk after walk.
 *
 * A generator that has learned the data changes one image into another by steps that all look real.
 */
export function interpolateImages(model: Model, walks: Walks): Promise<RecordBatch> {
  const { latentDistribution } = model.manifest.recipe.options as Partial<TensorRecipe>;
  const sharesAt = latentDistribution === 'uniform' ? straight : alongCircle;
  return makeAlongPaths(model, {
    ...walks,
    use: 'interpolation',
    drawn: 2 * walks.rows,
    labelOf: (row) => 2 * row,
    latentOf(row, column, drawn) {
      const [share, other] = sharesAt(column / (walks.columns - 1));
      const [first, last] = [drawn(2 * row), drawn(2 * row + 1)];
      return first.map((value, k) => value * share + (last[k] as number) * other);
    },
  });
}

const straight = (place: number) => [1 - place, place] as const;

function alongCircle(place: number) {
  const angle = (place * Math.PI) / 2;
  return [Math.cos(angle), Math.sin(angle)] as const;
}

/** How images are moved along directions: one each row. */
export interface Traversals {
  /** Unit vectors as long as the latent vector. */
  readonly directions: readonly Float32Array[];
  /** Images of a row; the middle one, of an odd number, is the same in all rows. */
  readonly columns: number;
  /** How far the first and the last are from the middle, in standard deviations of a latent number. */
  readonly reach: number;
  readonly seed?: Seed | undefined;
}

/** One image, moved along each of some directions. A batch of directions × columns images. */
export function traverseImages(
  model: Model,
  { directions, columns, reach, seed }: Traversals,
): Promise<RecordBatch> {
  return makeAlongPaths(model, {
    rows: directions.length,
    columns,
    seed,
    use: 'traversal',
    drawn: 1,
    labelOf: () => 0,
    latentOf(row, column, drawn) {
      const distance = reach * ((2 * column) / (columns - 1) - 1);
      const direction = directions[row] as Float32Array;
      return drawn(0).map((value, k) => value + distance * (direction[k] as number));
    },
  });
}
