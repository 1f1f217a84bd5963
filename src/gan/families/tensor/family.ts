import type { RecordBatch, Vector } from 'apache-arrow';
import { columnOf } from '../../../encode/table.js';
import { DataError, InvalidOptionError } from '../../../errors.js';
import { isCount, isObject } from '../../model/checks.js';
import type { Family, TrainingData } from '../family.js';
import { findColumns, fitColumns, type TensorColumns } from './columns.js';
import { drawState } from './draw.js';
import { exportGenerator } from './export.js';
import type { TensorSource } from './fill-data.js';
import { tensorGenerator } from './generator.js';
import { splitHoldout } from './hold-out.js';
import { createJudge } from './judge/judge.js';
import type { TensorKind } from './kind.js';
import { checkTensorRecipe } from './parse.js';
import type { TensorRecipe } from './recipe.js';
import { createTensorGan } from './tensor-gan.js';
import { tensorTraining } from './training.js';

/** Steps by default, at least: a few tensors are seen very often. */
const minimumSteps = 2000;

/** GANs for a column of tensors of one kind, with or without a column of labels. */
export function tensorFamily<Recipe extends TensorRecipe>(
  kind: TensorKind<Recipe>,
): Family<Recipe> {
  return {
    name: kind.name,
    // Sampling needs no more of the recipe; networks are in the generator's own file.
    isRecipe: (options): options is Recipe =>
      isObject(options) && isCount(options.latent) && options.latent > 0,
    canRead: (encoders) => findColumns(encoders)?.tensors.kind === kind.name,

    checkRecipe(recipe) {
      checkTensorRecipe(recipe);
      const problem = kind.problem?.(recipe);
      if (problem) throw new InvalidOptionError(`fit.recipe cannot be: ${problem}`);
    },

    async prepare(recipe, data) {
      const { target, random } = data;
      checkLabels(recipe, target);
      const encoders = await fitColumns(kind, recipe, data);
      const columns = findColumns(encoders) as TensorColumns;
      const source = sourceOf(columns, kind.nouns[1], encoders, data);
      const { tensors, label } = columns;
      const gan = createTensorGan(kind, recipe, tensors, label?.counts.length ?? 0);
      const { train, held } = splitHoldout(source, random.fork('holdOut'));
      const judge = createJudge(gan, kind.features(tensors), held, random.fork('judge'));
      return {
        encoders,
        training: tensorTraining(gan, train, random.fork('order'), judge),
        schedule: { batch: recipe.batch * recipe.criticSteps, epochs: recipe.epochs, minimumSteps },
        options: plainOptions(recipe),
        draw: (state, place) =>
          drawState(gan, state, random.fork('draw'), place, (values, across) =>
            kind.draw(tensors, values, across),
          ),
        exportGenerator: (state) => exportGenerator(gan, state),
      };
    },

    generator: tensorGenerator,
  };
}

function checkLabels({ labels }: TensorRecipe, target: string | undefined): void {
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
  { place, tensors, label }: TensorColumns,
  noun: string,
  encoders: Awaited<ReturnType<typeof fitColumns>>,
  { batches, random }: TrainingData,
): TensorSource {
  const vector = (column: number) => columnOf(batches as RecordBatch[], column) as Vector;
  const { rows, fill } = tensors.read(vector(place));
  if (rows.length < 2) throw new DataError(`training needs at least 2 ${noun}: ${rows.length}`);
  const [codes] = label
    ? (encoders[label.column]?.encode(vector(label.column), random.fork('encode')) ?? [])
    : [];
  return {
    count: rows.length,
    fill,
    labels: codes && rows.map((row) => codes[row] as number),
  };
}

/** What of a recipe is plain data: functions are in the generator's file, as what they made. */
function plainOptions(recipe: TensorRecipe): object {
  return JSON.parse(JSON.stringify(recipe));
}
