import { InvalidOptionError } from '../errors.js';
import { checkOptions } from '../options/check.js';
import { listOf, object } from '../options/composed.js';
import { type AnyOption, required, type ShapeOf } from '../options/option.js';
import { boolean, custom, number, oneOf, text, wholeNumber } from '../options/values.js';
import type { Feature, FeatureJSON, LevelsJSON, NumberJSON, TensorJSON } from './feature.js';
import { levelsFeature } from './levels.js';
import { numberFeature } from './number.js';
import { tensorFeature } from './tensor.js';
import {
  createTransform,
  type RowTransform,
  type TensorTransform,
  type TensorTransformJSON,
  transformFormat,
  transformVersion,
} from './transform.js';

const column = required(text('the name of a column'));
const nullable = required(boolean());
const centre = required(number());
const scale = required(number({ above: 0 }));
const level = custom<string>('a text', (value) => typeof value === 'string', { type: 'string' });

const numberShape: ShapeOf<NumberJSON> = {
  column,
  as: required(oneOf(['number'])),
  holds: required(oneOf(['numbers', 'times'])),
  centre,
  scale,
  nullable,
};
const levelsShape: ShapeOf<LevelsJSON> = {
  column,
  as: required(oneOf(['onehot', 'index'])),
  levels: required(listOf(level, 'texts')),
  unseen: required(boolean()),
  nullable,
};
const tensorShape: ShapeOf<TensorJSON> = {
  column,
  as: required(oneOf(['tensor'])),
  shape: required(listOf(wholeNumber({ from: 1 }), 'positive whole numbers', { least: 1 })),
  centre,
  scale,
  nullable,
};

/** What each kind is saved as, and read by. */
const kinds: Readonly<
  Record<FeatureJSON['as'], { described: AnyOption; read: (json: never) => Feature }>
> = {
  number: { described: object<NumberJSON>(numberShape), read: numberFeature },
  onehot: { described: object<LevelsJSON>(levelsShape), read: levelsFeature },
  index: { described: object<LevelsJSON>(levelsShape), read: levelsFeature },
  tensor: { described: object<TensorJSON>(tensorShape), read: tensorFeature },
};

const saved = custom<FeatureJSON>('a column of a saved transform', (value) =>
  Object.hasOwn(kinds, String((value as Partial<FeatureJSON> | null)?.as)),
);

const transformJson = object<TensorTransformJSON>({
  format: required(oneOf([transformFormat])),
  formatVersion: required(oneOf([transformVersion])),
  version: required(text('a version')),
  rows: required(wholeNumber({ from: 1 })),
  features: required(listOf(saved, 'columns of a saved transform')),
  target: saved,
});

/**
 * Reads a transform that was saved: what `JSON.parse` gives of `JSON.stringify(transform)`. All of it is
 * checked.
 *
 * @throws InvalidOptionError for what is no such transform, and names what is wrong.
 */
export function tensorTransformFromJSON(json: unknown): TensorTransform {
  return readTransform(json);
}

/** `tensorTransformFromJSON` with what works row by row. */
export function readTransform(json: unknown): RowTransform {
  if (json === undefined) checkOptions(transformJson, null, 'transform');
  checkOptions(transformJson, json, 'transform');
  const read = (each: FeatureJSON, path: string): Feature => {
    const { described, read: open } = kinds[each.as];
    checkOptions(described, each, path);
    if ('levels' in each && new Set(each.levels).size < each.levels.length) {
      throw new InvalidOptionError(
        `${path}.levels must be different: '${each.column}' has one twice`,
      );
    }
    return open(each as never);
  };
  return createTransform({
    rows: json.rows,
    features: json.features.map((each, k) => read(each, `transform.features[${k}]`)),
    target: json.target && read(json.target, 'transform.target'),
  });
}
