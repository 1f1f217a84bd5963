import type { RecordBatch, Vector } from 'apache-arrow';
import { columnOf } from '../../../../encode/table.js';
import type { TensorEncoder } from '../../../../encode/tensor/encoder.js';
import { SchemaError } from '../../../../errors.js';
import type { Family, TrainingData } from '../../family.js';
import { fitTensors, imageShapeOf } from '../columns.js';
import { parsePairRecipe } from '../parse.js';
import type { PairRecipe } from '../recipe.js';
import { pairRecipes } from '../recipes.js';
import { exportPairGenerator, pairEncoders, pairGenerator } from './generator.js';
import { holdPairs } from './held-out.js';
import { createPairGan } from './pair-gan.js';
import { createPairFiller, readPairs, splitPairs } from './source.js';
import { pairTraining } from './training.js';

/** Steps by default, at least. */
const minimumSteps = 2000;

/** Translations from one image of a row to another one. */
export const pairFamily = {
  name: 'pair',
  translates: 'pairs',
  recipes: pairRecipes,
  defaultRecipe: () => undefined,
  parse: parsePairRecipe,
  canRead: (encoders) => pairEncoders(encoders) !== undefined,

  async prepare(recipe, data) {
    const { random } = data;
    const { encoders, vectors } = fitPair(data);
    const [from, to] = encoders;
    const shapes = { source: imageShapeOf(from), target: imageShapeOf(to) };
    const gan = createPairGan(recipe, shapes);
    const { train, held } = splitPairs(readPairs(encoders, vectors), random.fork('holdOut'));
    const judge = holdPairs(recipe, encoders, held, random.fork('judge'));
    const fill = createPairFiller(gan, encoders, train, random.fork('order'));
    return {
      encoders,
      training: pairTraining(gan, fill, judge.score),
      schedule: { batch: recipe.batch, epochs: recipe.epochs, minimumSteps },
      options: recipe,
      draw: judge.draw,
      exportGenerator: (state) => exportPairGenerator(recipe, encoders, state),
    };
  },

  generator: pairGenerator,
} satisfies Family<PairRecipe>;

/** Encoders of the two columns. @throws SchemaError for images of different sizes. */
function fitPair({ schema, batches, columns = {} }: TrainingData) {
  const [from, to] = schema.fields.map((field, place) => {
    const vector = columnOf(batches as RecordBatch[], place) as Vector;
    const own = Object.hasOwn(columns, field.name) ? columns[field.name] : undefined;
    return { field, vector, encoder: fitTensors(field, vector, own) };
  }) as [Fitted, Fitted];
  const sizeOf = ({ encoder: { shape } }: Fitted) => `${shape[0]} × ${shape[1]}`;
  if (sizeOf(from) !== sizeOf(to)) {
    throw new SchemaError(
      `images of a pair must be of one size: '${from.field.name}' is ${sizeOf(from)}, ` +
        `'${to.field.name}' is ${sizeOf(to)}. Resize one of them`,
    );
  }
  return {
    encoders: [from.encoder, to.encoder] as const,
    vectors: [from.vector, to.vector] as const,
  };
}

interface Fitted {
  readonly field: TrainingData['schema']['fields'][number];
  readonly vector: Vector;
  readonly encoder: TensorEncoder;
}
