import { type Data, DataType, type Field, type RecordBatch, type Schema } from 'apache-arrow';
import { describeType } from '../data/schema/describe.js';
import { isTensorField } from '../data/tensor/type.js';
import { isTextable } from '../encode/cells/column-types.js';
import { DataError, SchemaError } from '../errors.js';
import type { FeatureFitter } from './feature.js';
import { levelsFitter } from './levels.js';
import { holdsNumbers, numberFitter } from './number.js';
import type { FeatureKind, FeatureOptions, TargetOptions, TransformOptions } from './options.js';
import { tensorFitter } from './tensor.js';
import { createTransform, missingColumn, type RowTransform } from './transform.js';

/** A transform that is being fitted; of the rows none is kept. */
export interface Fitting {
  /** Real rows so far. */
  readonly rows: number;
  /** Learns from the real rows of a batch, until there are `most` in all. */
  add(batch: RecordBatch, most?: number): void;
  /** @throws DataError where there were no real rows. */
  finish(): RowTransform;
}

/**
 * Starts to fit a transform to rows of a schema.
 *
 * @throws SchemaError for columns that are missing, or cannot become what they should.
 */
export function startFitting(
  schema: Schema,
  { features, target, mark }: TransformOptions,
): Fitting {
  const aim = typeof target === 'string' ? { column: target } : target;
  const wanted = wantedFeatures(schema, features, [aim?.column, mark]);
  if (wanted.length === 0) {
    throw new SchemaError(`there is no column to predict from: ${schema.names.join(', ')}`);
  }
  const fitters = wanted.map(([name, options]) => ({
    name,
    fitter: featureFitter(fieldNamed(schema, name), options),
  }));
  const goal = aim && {
    name: aim.column,
    fitter: targetFitter(fieldNamed(schema, aim.column), aim),
  };
  const all = goal ? [...fitters, goal] : fitters;
  let rows = 0;
  return {
    get rows() {
      return rows;
    },
    add(batch, most = Number.POSITIVE_INFINITY) {
      const isSynthetic = markReader(batch, mark);
      const isLearned = Uint8Array.from({ length: batch.numRows }, (_, row) => {
        const isReal = rows < most && !isSynthetic?.(row);
        if (isReal) rows++;
        return isReal ? 1 : 0;
      });
      for (const { name, fitter } of all) {
        fitter.add(columnNamed(batch, name), (row) => isLearned[row] === 1);
      }
    },
    finish() {
      if (rows === 0) {
        throw new DataError('there are no real rows to fit a transform on: 0. Give at least one');
      }
      return createTransform({
        rows,
        features: fitters.map(({ fitter }) => fitter.finish()),
        target: goal?.fitter.finish(),
      });
    },
  };
}

function wantedFeatures(
  schema: Schema,
  features: TransformOptions['features'],
  others: readonly (string | undefined)[],
): (readonly [name: string, FeatureOptions])[] {
  const names = schema.fields.map(({ name }) => name).filter((name) => !others.includes(name));
  if (features === undefined) return names.map((name) => [name, {}]);
  if (Array.isArray(features)) return features.map((name: string) => [name, {}]);
  return Object.entries(features).map(([name, options]) => [
    name,
    typeof options === 'string' ? { as: options } : options,
  ]);
}

/** Whether a row is synthetic, by the column that says so; undefined where none is named. */
export function markReader(
  batch: RecordBatch,
  mark: string | undefined,
): ((row: number) => boolean) | undefined {
  if (mark === undefined) return undefined;
  const { type } = fieldNamed(batch.schema, mark);
  if (!DataType.isBool(type)) {
    throw new SchemaError(
      `column '${mark}' is to say which rows are synthetic, and is of type ${describeType(type)}. ` +
        "Name the boolean column that 'mark' of the augmentation added",
    );
  }
  const { values, offset } = columnNamed(batch, mark);
  return (row) => (((values[(offset + row) >> 3] as number) >> ((offset + row) & 7)) & 1) === 1;
}

function fieldNamed(schema: Schema, name: string): Field {
  const field = schema.fields.find((each) => each.name === name);
  if (field) return field;
  throw missingColumn(name, schema);
}

function columnNamed({ schema, data }: RecordBatch, name: string): Data {
  return data.children[schema.fields.findIndex((field) => field.name === name)] as Data;
}

function featureFitter(field: Field, { as, scale, levels }: FeatureOptions): FeatureFitter {
  const kind = as ?? usualKind(field);
  if (kind === undefined || !possibleKinds(field).includes(kind)) throw cannotBe(field, as);
  if (kind === 'number') return numberFitter(field, scale);
  if (kind === 'tensor') return tensorFitter(field, scale);
  return levelsFitter(field, { as: kind, levels });
}

function targetFitter(field: Field, { as, scale }: TargetOptions): FeatureFitter {
  const isClass = !isTensorField(field) && !holdsNumbers(field.type);
  const kind = as ?? (DataType.isBool(field.type) || isClass ? 'onehot' : usualKind(field));
  if (as === undefined && DataType.isInt(field.type)) {
    throw new SchemaError(
      `target '${field.name}' is of whole numbers, which may be classes or amounts. ` +
        `Say target: { column: '${field.name}', as: 'onehot' }, 'index' or 'number'`,
    );
  }
  if (kind === undefined || !possibleKinds(field).includes(kind)) throw cannotBe(field, as);
  if (kind === 'onehot' || kind === 'index')
    return levelsFitter(field, { as: kind, isTarget: true });
  return kind === 'tensor' ? tensorFitter(field, scale, true) : numberFitter(field, scale, true);
}

function possibleKinds(field: Field): FeatureKind[] {
  if (isTensorField(field)) return ['tensor'];
  const levels = isTextable(field.type) ? (['onehot', 'index'] as const) : [];
  return holdsNumbers(field.type) ? ['number', ...levels] : [...levels];
}

function usualKind(field: Field): FeatureKind | undefined {
  return possibleKinds(field)[0];
}

function cannotBe(field: Field, as: FeatureKind | undefined): SchemaError {
  const possible = possibleKinds(field);
  const remedy =
    possible.length > 0 ? `Possible: ${possible.join(', ')}` : "Name the others in 'features'";
  return new SchemaError(
    `column '${field.name}' of type ${describeType(field.type)} cannot become ${as ? `'${as}'` : 'numbers'}. ${remedy}`,
  );
}
