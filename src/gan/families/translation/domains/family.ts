import type { Field, RecordBatch, Vector } from 'apache-arrow';
import { readTexts } from '../../../../encode/cells/column-texts.js';
import { isTextable } from '../../../../encode/cells/column-types.js';
import { type DomainEncoder, domainEncoder } from '../../../../encode/columns/domain.js';
import { columnOf } from '../../../../encode/table.js';
import type { TensorEncoder } from '../../../../encode/tensor/encoder.js';
import { textOfValue } from '../../../../encode/values/value.js';
import { InvalidOptionError, SchemaError } from '../../../../errors.js';
import type { Family, TrainingData } from '../../family.js';
import type { TranslateDomain } from '../../translate-option.js';
import { fitTensors, imageShapeOf } from '../columns.js';
import { trainedShape } from '../crops.js';
import { parseDomainRecipe } from '../parse.js';
import type { ContrastRecipe, CycleRecipe } from '../recipe.js';
import { domainRecipes } from '../recipes.js';
import { contrastGan } from './contrast.js';
import { cycleGan } from './cycle.js';
import { domainEncoders, domainGenerator, exportDomainGenerator } from './generator.js';
import { holdDomains } from './held-out.js';
import { createDomainFiller, readDomains, splitDomains } from './source.js';
import { domainTraining } from './training.js';

type Recipe = CycleRecipe | ContrastRecipe;

/** Steps by default, at least. */
const minimumSteps = 2000;

/** Translations of a column's images from one domain to another, without pairs. */
export const domainFamily = {
  name: 'domains',
  translates: 'domains',
  recipes: domainRecipes,
  defaultRecipe: () => undefined,
  parse: parseDomainRecipe,
  canRead: (encoders) => domainEncoders(encoders) !== undefined,

  async prepare(recipe, data) {
    const { random } = data;
    const { encoders, vectors } = fitDomains(data);
    const [images, { levels }] = encoders;
    const source = readDomains(images, ...vectors, levels);
    const { train, held } = splitDomains(source, random.fork('holdOut'));
    const create = (own: Recipe) => createGan(own, images);
    const gan = create(recipe);
    const { forward, back } = gan;
    const judge = holdDomains(gan, images, held, random.fork('judge'));
    const fill = createDomainFiller(gan, images, train, random.fork('order'));
    return {
      encoders,
      training: domainTraining(create, recipe, fill, judge.score),
      schedule: { batch: recipe.batch, epochs: recipe.epochs, minimumSteps },
      options: recipe,
      draw: judge.draw,
      exportGenerator: (state) => exportDomainGenerator(recipe, images, state, forward),
      ...(back === undefined
        ? {}
        : { exportReverse: (state) => exportDomainGenerator(recipe, images, state, back) }),
    };
  },

  generator: domainGenerator,
} satisfies Family<Recipe>;

function createGan(recipe: Recipe, encoder: TensorEncoder) {
  const image = trainedShape(imageShapeOf(encoder), recipe.crop);
  return 'cycle' in recipe ? cycleGan(recipe, image) : contrastGan(recipe, image);
}

/** Encoders of the images and of the domains. */
function fitDomains({ schema, batches, columns = {}, translate }: TrainingData) {
  const [field, domain] = schema.fields as [Field, Field];
  const [images, domains] = [0, 1].map((place) => columnOf(batches as RecordBatch[], place)) as [
    Vector,
    Vector,
  ];
  const own = Object.hasOwn(columns, field.name) ? columns[field.name] : undefined;
  const encoder = fitTensors(field, images, own);
  const levels = findLevels(domain, domains, translate as TranslateDomain);
  const encoders: readonly [TensorEncoder, DomainEncoder] = [
    encoder,
    domainEncoder(domain, levels),
  ];
  return { encoders, vectors: [images, domains] as const };
}

/**
 * The domains of a translation as texts.
 *
 * @throws SchemaError for a column that cannot name domains; InvalidOptionError for a domain that is
 * not there, and where it is not said which of several is to be translated.
 */
function findLevels(
  field: Field,
  domains: Vector,
  { from, to }: TranslateDomain,
): readonly [from: string, to: string] {
  const { name, type } = field;
  if (!isTextable(type)) {
    throw new SchemaError(
      `column '${name}' cannot name domains: ${type}. Use texts, numbers, dates or booleans`,
    );
  }
  const there = [...new Set(readTexts(domains))].filter((text) => text !== null).sort();
  const levelOf = (value: string | number | boolean): string => {
    const text = textOfValue(type, value);
    if (text !== undefined && there.includes(text)) return text;
    throw new InvalidOptionError(
      `translate names a domain that column '${name}' does not have: '${value}'. Its domains are ` +
        there.slice(0, 10).join(', '),
    );
  };
  const target = levelOf(to);
  if (from !== undefined) return [levelOf(from), target];
  const [only, ...more] = there.filter((level) => level !== target);
  if (only !== undefined && more.length === 0) return [only, target];
  throw new InvalidOptionError(
    `translate.from is missing: column '${name}' has ${there.length} domains, ` +
      `${there.slice(0, 10).join(', ')}. Say which one is translated to '${target}'`,
  );
}
