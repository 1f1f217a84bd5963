import type { RecordBatch, Vector } from 'apache-arrow';
import { columnOf } from '../../../../encode/table.js';
import { DataError, InvalidOptionError } from '../../../../errors.js';
import { isCount, isObject } from '../../../model/checks.js';
import type { Family, TrainingData } from '../../family.js';
import { findColumns, fitColumns, type ImageColumns } from '../columns.js';
import { exportGenerator } from '../export.js';
import type { ImageSource } from '../fill-data.js';
import { imageGenerator } from '../generator.js';
import { splitHoldout } from '../hold-out.js';
import { createJudge } from '../judge/judge.js';
import { checkImageRecipe } from '../parse.js';
import type { ImageRecipe } from '../recipe.js';
import { createTensorGan } from '../tensor-gan.js';
import { imageTraining } from '../training.js';
import { drawState } from './draw.js';

/** Steps by default, at least: a few images are seen very often. */
const minimumSteps = 2000;

/** GANs for a column of images, with or without a column of labels. */
export const image: Family<ImageRecipe> = {
  name: 'image',
  // Sampling needs no more of the recipe; networks are in the generator's own file.
  isRecipe: (options): options is ImageRecipe =>
    isObject(options) && isCount(options.latent) && options.latent > 0,
  canRead: (encoders) => findColumns(encoders) !== undefined,

  checkRecipe: checkImageRecipe,

  async prepare(recipe, data) {
    const { target, random } = data;
    checkLabels(recipe, target);
    const encoders = await fitColumns(data);
    const columns = findColumns(encoders) as ImageColumns;
    const source = sourceOf(columns, encoders, data);
    const gan = createTensorGan(recipe, columns.images.shape, columns.label?.counts.length ?? 0);
    const { train, held } = splitHoldout(source, random.fork('holdOut'));
    const judge = createJudge(gan, held, random.fork('judge'));
    return {
      encoders,
      training: imageTraining(gan, train, random.fork('order'), judge),
      schedule: { batch: recipe.batch * recipe.criticSteps, epochs: recipe.epochs, minimumSteps },
      options: plainOptions(recipe),
      // Images of two channels are no pictures.
      ...(gan.image.channels !== 2 && {
        draw: (state, place) => drawState(gan, state, random.fork('draw'), place),
      }),
      exportGenerator: (state) => exportGenerator(gan, state),
    };
  },

  generator: imageGenerator,
};

function checkLabels({ labels }: ImageRecipe, target: string | undefined): void {
  if (labels === 'required' && target === undefined) {
    throw new InvalidOptionError(
      "fit.target is missing: this recipe learns by labels. Name their column, such as 'label'",
    );
  }
  if (labels === 'none' && target !== undefined) {
    throw new InvalidOptionError(
      `fit.target cannot be used: this recipe does not learn by labels: '${target}'`,
    );
  }
}

function sourceOf(
  { image: place, images, label }: ImageColumns,
  encoders: Awaited<ReturnType<typeof fitColumns>>,
  { batches, random }: TrainingData,
): ImageSource {
  const vector = (column: number) => columnOf(batches as RecordBatch[], column) as Vector;
  const read = images.read(vector(place));
  if (read.rows.length < 2) {
    throw new DataError(`training needs at least 2 images: ${read.rows.length}`);
  }
  const [codes] = label
    ? (encoders[label.column]?.encode(vector(label.column), random.fork('encode')) ?? [])
    : [];
  return {
    count: read.rows.length,
    fill: (index, target, to) => images.fill(read, index, target, to),
    labels: codes && read.rows.map((row) => codes[row] as number),
  };
}

/** What of a recipe is plain data: functions are in the generator's file, as what they made. */
function plainOptions(recipe: ImageRecipe): object {
  return JSON.parse(JSON.stringify(recipe));
}
