import type { Data, Field, Schema, Vector } from 'apache-arrow';
import { makeBatch } from '../../../../../data/batches/batch.js';
import { readTexts } from '../../../../../encode/cells/column-texts.js';
import type { ColumnEncoder } from '../../../../../encode/encoder.js';
import { columnOf } from '../../../../../encode/table.js';
import { fitMarkov, type MarkovModel, openMarkov } from '../../../../../encode/text/markov.js';
import { markovFromJSON, markovToJSON } from '../../../../../encode/text/markov-json.js';
import { fitText } from '../../../../../encode/text/text.js';
import { writeTexts } from '../../../../../encode/text/write-texts.js';
import { DataError, ModelError } from '../../../../../errors.js';
import type { DrawRows, WantedColumn } from '../../../../../makers/row-maker.js';
import { checkOptions } from '../../../../../options/check.js';
import { object } from '../../../../../options/composed.js';
import { required } from '../../../../../options/option.js';
import { wholeNumber } from '../../../../../options/values.js';
import type { Random } from '../../../../../random.js';
import { cumulate, pick } from '../../../../conditions/cumulative-shares.js';
import type { DirectFamily } from '../../../family.js';
import { findColumns, fitColumns, type TensorColumns } from '../../columns.js';
import { textColumns } from '../columns.js';
import { type MarkovRecipe, markov } from './recipe.js';

const recipeOptions = object<MarkovRecipe>({ order: required(wholeNumber({ from: 1 })) });

/** Name of the file that holds the n-grams. */
const file = 'markov.json';

/**
 * A Markov model of a column of texts, or one for each label. The model holds runs of characters that
 * enough texts have.
 */
export const markovFamily = {
  name: 'markov',
  holds: 'n-grams',
  recipes: { markov },
  defaultRecipe: () => undefined,
  parse(recipe) {
    checkOptions(recipeOptions, recipe, 'fit.recipe');
    return recipe as MarkovRecipe;
  },
  canRead: (encoders) => findColumns(encoders)?.tensors.kind === 'text',

  async fit({ order }, data) {
    const { batches, leastRows = 1 } = data;
    const encoders = await fitColumns(
      textColumns,
      (field, sample) => fitText(field, sample, { longest: 0, leastTexts: leastRows }),
      data,
    );
    const { place, label } = findColumns(encoders) as TensorColumns;
    const textsOf = (column: number) => readTexts(columnOf(batches, column) as Vector);
    const model = fitMarkov(
      textsOf(place),
      { order, leastTexts: leastRows },
      label && textsOf(label.column),
    );
    // Checked by the encoder already.
    if (!model) throw new DataError('there are no texts to learn: 0. Give more rows');
    const bytes = new Uint8Array(Buffer.from(`${JSON.stringify(markovToJSON(model))}\n`));
    return { encoders, options: { order }, file: { name: file, bytes } };
  },

  async open(_, bytes, schema, encoders) {
    const model = readModel(bytes);
    const { place } = findColumns(encoders) as TensorColumns;
    const { name, nullable } = schema.fields[place] as Field;
    if (!nullable && [model.all, ...model.classes].some(({ nulls }) => nulls > 0)) {
      throw new ModelError(`${file} is damaged: it makes nulls where none can be, in '${name}'`);
    }
    return openTexts(model, schema, encoders);
  },
} satisfies DirectFamily<MarkovRecipe>;

function readModel(bytes: Uint8Array): MarkovModel {
  let json: unknown;
  try {
    json = JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch (cause) {
    throw new ModelError(`${file} is not JSON`, { cause });
  }
  const isObject = typeof json === 'object' && json !== null;
  const model = isObject ? markovFromJSON(json as Record<string, unknown>) : 'it is no object';
  if (typeof model === 'string') throw new ModelError(`${file} is damaged: ${model}`);
  return model;
}

/** Draws labels by their frequency, or as they are wanted, and for each a text. */
function openTexts(
  model: MarkovModel,
  schema: Schema,
  encoders: readonly ColumnEncoder[],
): DrawRows {
  const { place, label } = findColumns(encoders) as TensorColumns;
  const draw = openMarkov(model);
  const levels = (label && encoders[label.column]?.toJSON().levels) as (string | null)[];
  const sums = cumulate(label?.counts ?? []);
  const drawLabels = (rows: number, random: Random, wanted: WantedColumn | undefined) =>
    Int32Array.from({ length: rows }, (_, row) => {
      if (!wanted) return pick(sums, random.uniform());
      return levels.indexOf(wanted.levels[wanted.codes[row] as number] ?? null);
    });
  return (rows, random, wanted = []) => {
    const own = wanted.find(({ column }) => column === label?.column);
    const labels = label && drawLabels(rows, random.fork('labels'), own);
    const letters = random.fork('texts');
    const columns = encoders.map((encoder, column): Data => {
      if (column === place) {
        const texts = Array.from({ length: rows }, (_, row) =>
          draw(letters, labels && levels[labels[row] as number]),
        );
        return writeTexts((schema.fields[place] as Field).type, texts);
      }
      const spans = labels && column === label.column ? [labels] : [];
      return encoder.decode(spans, rows, random.fork('column', column));
    });
    return { batch: makeBatch(schema, columns, rows), hits: rows };
  };
}
