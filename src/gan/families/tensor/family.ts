import type { Vector } from 'apache-arrow';
import { columnOf } from '../../../encode/table.js';
import { DataError, InvalidOptionError } from '../../../errors.js';
import type { NetworkFamily, TrainingData } from '../family.js';
import { findColumns, fitColumns, learnedRows, type TensorColumns } from './columns.js';
import { drawState } from './draw.js';
import { exportGenerator } from './export.js';
import type { TensorSource } from './fill-data.js';
import { tensorGenerator } from './generator.js';
import { splitHoldout } from './hold-out.js';
import { createJudge } from './judge/judge.js';
import type { TensorKind } from './kind.js';
import { parseTensorRecipe } from './parse.js';
import type { TensorRecipe } from './recipe.js';
import { createTensorGan } from './tensor-gan.js';
import { tensorTraining } from './training.js';

/** Steps by default, at least: a few tensors are seen very often. */
const minimumSteps = 2000;

/** The family of GANs for one kind of tensors: a column of these, with or without labels. */
export function tensorFamily<Recipe extends TensorRecipe, Name extends string>(
  kind: TensorKind<Recipe, Name>,
): Omit<NetworkFamily<Recipe>, 'recipes'> & { readonly recipes: Readonly<Record<Name, Recipe>> } {
  return {
    name: kind.name,
    recipes: kind.recipes,
    defaultRecipe: (schema) => (kind.suits(schema) ? kind.defaultRecipe : undefined),
    parse: (recipe, use) => parseTensorRecipe<Recipe>(kind, recipe, use),
    canRead: (encoders) => findColumns(encoders)?.tensors.kind === kind.name,

    async prepare(recipe, data) {
      const { target, random } = data;
      checkLabels(recipe, target);
      const encoders = await fitColumns(
        kind,
        (field, sample, leastRows) => kind.fit(field, sample, recipe, leastRows),
        data,
      );
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
        draw: (state, target) =>
          drawState(gan, state, random.fork('draw'), target, (values, across) =>
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

/**
 * The tensors of a table, with their labels, without those of rare labels.
 *
 * @throws DataError for fewer than two tensors.
 */
export function sourceOf(
  { place, tensors, label }: TensorColumns,
  noun: string,
  encoders: Awaited<ReturnType<typeof fitColumns>>,
  data: TrainingData,
): TensorSource {
  const vector = (column: number) => columnOf(data.batches, column) as Vector;
  const read = tensors.read(vector(place));
  const isLearned = learnedRows({ label }, data);
  const places = Array.from(read.rows.keys()).filter((k) => isLearned(read.rows[k] as number));
  const rows = Int32Array.from(places, (k) => read.rows[k] as number);
  if (rows.length < 2) throw new DataError(`training needs at least 2 ${noun}: ${rows.length}`);
  const [codes] = label
    ? (encoders[label.column]?.encode(vector(label.column), data.random.fork('encode')) ?? [])
    : [];
  return {
    count: rows.length,
    fill: (index, target, to) => read.fill(places[index] as number, target, to),
    labels: codes && rows.map((row) => codes[row] as number),
  };
}

/** The plain data of a recipe: what its functions made is in the generator's file. */
function plainOptions(recipe: TensorRecipe): object {
  return JSON.parse(JSON.stringify(recipe));
}
