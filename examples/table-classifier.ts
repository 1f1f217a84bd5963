/**
 * A tfjs classifier on a table, with and without synthetic rows: `npx tsx examples/table-classifier.ts`.
 * It tells the sex of penguins by a few of them, and is judged by real ones that nothing has seen.
 *
 * `--data FILE.parquet --target COLUMN` takes another table; `--rows 60` trains on so many rows;
 * `--recipe copula` has them made by another recipe, `--ratio 0.5` so many; `--steps`, `--epochs`,
 * `--seeds`.
 */
import * as tf from '@tensorflow/tfjs';
import {
  fromRows,
  type PlainRow,
  type RecipeName,
  readParquet,
  type TensorTransform,
  toRows,
} from 'gan-augment';
import { lastValueFrom, toArray } from 'rxjs';
import { type Compared, compareSeeds } from './classifier/compare.js';
import { runIfMain } from './classifier/options.js';

const defaults = {
  data: 'fixtures/penguins.parquet',
  target: 'sex',
  rows: '60',
  recipe: 'tabular',
  ratio: '0.5',
  steps: '',
  epochs: '40',
  seeds: '5',
};

/** Compares classifiers of a table; options are those of the command line. */
export async function compareOnTable(given: Partial<typeof defaults> = {}): Promise<Compared[]> {
  const { data, target, recipe, steps, ...options } = { ...defaults, ...given };
  const rows = await lastValueFrom(readParquet(data).pipe(toRows(), toArray()));
  return compareSeeds(Number(options.seeds), async (seed) => {
    const shuffled = shuffle(rows, seed);
    return {
      train: fromRows(shuffled.slice(0, Number(options.rows))),
      heldOut: fromRows(shuffled.slice(Number(options.rows))),
      target: { column: target, as: 'onehot' },
      create: createClassifier,
      fit: {
        recipe: recipe as RecipeName,
        ...(steps === '' ? {} : { steps: Number(steps) }),
      },
      ratio: Number(options.ratio),
      epochs: Number(options.epochs),
      seed,
    };
  });
}

function createClassifier({ inputs, target }: TensorTransform, seed: number): tf.LayersModel {
  const kernelInitializer = tf.initializers.glorotUniform({ seed });
  const units = target?.shape[0] as number;
  return tf.sequential({
    layers: [
      tf.layers.dense({
        ...{ units: 32, activation: 'relu', kernelInitializer },
        inputShape: [...(inputs.features?.shape ?? [])],
      }),
      tf.layers.dense({ units, activation: 'softmax', kernelInitializer }),
    ],
  });
}

/** The rows in an order that depends on the seed alone. */
function shuffle(rows: readonly PlainRow[], seed: number): PlainRow[] {
  const keys = tf.tidy(() => tf.randomUniform([rows.length], 0, 1, 'float32', seed).dataSync());
  return rows
    .map((row, k) => ({ row, key: keys[k] as number }))
    .sort((a, b) => a.key - b.key)
    .map(({ row }) => row);
}

await runIfMain(import.meta.url, defaults, async (options) => {
  const compared = await compareOnTable(options);
  console.log('\nthe last one was trained on', compared.at(-1)?.trainedOn);
});
