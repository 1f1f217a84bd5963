import { createHash } from 'node:crypto';
import type { Data, RecordBatch, Schema } from 'apache-arrow';
import { tensorSize } from '../data/tensor/layout.js';
import { DataError, SchemaError } from '../errors.js';
import { closestName } from '../options/closest-name.js';
import { assertGiven } from '../options/given.js';
import { version } from '../version.js';
import type { DenseValues, Feature, FeatureJSON, FeaturePart, OpenedFeature } from './feature.js';

/** The input in which the numbers and one-hot places of a table lie side by side. */
export const tableInput = 'features';

/** Numbers of some rows: of each a tensor, one after the other. */
export interface DenseTensor {
  /** Rows first: [32, 12]. Not `readonly`, as tfjs takes it. */
  readonly shape: number[];
  /** The numbers, of which the caller may do what it likes: they are in nobody else's hands. */
  readonly values: DenseValues;
}

/** What a model is fed with of each row. */
export interface InputSpec {
  /** Shape of one row's numbers. */
  readonly shape: readonly number[];
  /** Type of the numbers: int32 of indices, else float32. */
  readonly dtype: 'float32' | 'int32';
  /**
   * What each number says: 'mass', 'mass is null', 'island=Biscoe'; of an index what each place does.
   * Images have none.
   */
  readonly labels?: readonly string[];
}

/** What a model is to predict. */
export interface TargetSpec extends InputSpec {
  /** The column. */
  readonly column: string;
  /** What it became. */
  readonly as: FeatureJSON['as'];
  /** Names of the classes, in the order of their places; absent of numbers and tensors. */
  readonly classes?: readonly string[];
}

/** Some rows as tensors. */
export interface RowTensors {
  /** Number of rows. */
  readonly rows: number;
  /**
   * What to predict from, by input: numbers and one-hot places of the table lie in 'features', indices
   * and tensors in inputs of their columns' names.
   */
  readonly xs: Readonly<Record<string, DenseTensor>>;
  /** What to predict; absent where there is no target, or the rows lack its column. */
  readonly ys?: DenseTensor;
}

/** How columns become tensors: fitted on real rows once, then the same for all rows. */
export interface TensorTransform {
  /** What a model is fed with, by input. */
  readonly inputs: Readonly<Record<string, InputSpec>>;
  /** What it is to predict, if there is a target. */
  readonly target?: TargetSpec;
  /** Rows that it was fitted on. */
  readonly rows: number;
  /** SHA-256 of what was fitted: tells transforms apart, and stays when one is saved and read. */
  readonly id: string;
  /**
   * All rows of a batch as tensors, such as those to predict for.
   *
   * @throws SchemaError where a column is missing, or of another kind than it was fitted on; DataError
   * for a null where none was before, and for a target that is null or of an unknown class.
   */
  apply(batch: RecordBatch): RowTensors;
  /**
   * What a model's outputs say, in the target's own terms: of 'onehot' and 'index' the name of the most
   * likely class of each row, of other targets each number, unscaled.
   *
   * @param outputs Of some rows, one after the other; of classes a number for each, as softmax gives.
   * @throws SchemaError for a transform without a target.
   */
  decodeTarget(outputs: ArrayLike<number>): (string | number)[];
  /** Plain JSON, which `tensorTransformFromJSON` reads: levels and scales, and no rows. */
  toJSON(): TensorTransformJSON;
}

/** What a transform is saved as. */
export interface TensorTransformJSON {
  /** Tells a transform from other JSON. */
  readonly format: typeof transformFormat;
  /** Of the format; others are refused. */
  readonly formatVersion: typeof transformVersion;
  /** Version of gan-augment that fitted it. */
  readonly version: string;
  /** Rows that it was fitted on. */
  readonly rows: number;
  /** The columns to predict from, in the order of their numbers. */
  readonly features: readonly FeatureJSON[];
  /** The column to predict, if there is one. */
  readonly target?: FeatureJSON;
}

export const transformFormat = 'gan-augment-tensors';
export const transformVersion = 1;

/** An array for each lane: those of the inputs, then that of the target. */
export type LaneArrays = readonly DenseValues[];

/** Numbers of rows that lie in one array: an input, or the target. */
export interface Lane {
  readonly spec: InputSpec;
  /** Numbers of a row. */
  readonly width: number;
}

/** A transform with what works row by row. */
export interface RowTransform extends TensorTransform {
  readonly lanes: readonly Lane[];
  open(batch: RecordBatch): OpenedRows;
  /** The tensors of the first rows of arrays, as `createLanes` makes them. */
  tensorsOf(arrays: LaneArrays, rows: number, hasTarget: boolean): RowTensors;
}

/** The rows of a batch, to be written one by one. */
export interface OpenedRows {
  readonly hasTarget: boolean;
  /** Whether the target of a row is known; true where there is none. */
  isKnown(row: number): boolean;
  write(row: number, into: LaneArrays, place: number): void;
}

/** What a transform is made of. */
export interface FittedFeatures {
  readonly rows: number;
  readonly features: readonly Feature[];
  readonly target?: Feature | undefined;
}

/** Where a part of a feature lies. */
interface PlacedPart {
  readonly lane: number;
  readonly offset: number;
}

/** The transform of fitted features. */
export function createTransform({ rows, features, target }: FittedFeatures): RowTransform {
  const { inputs, places } = layOut(features);
  const targetPart = target?.parts[0] as FeaturePart | undefined;
  const lanes = [...Object.values(inputs), ...(targetPart ? [targetPart] : [])].map(
    (spec): Lane => ({ spec, width: tensorSize(spec.shape) }),
  );
  const fitted = {
    rows,
    features: features.map((feature) => feature.json),
    ...(target ? { target: target.json } : {}),
  };
  const names = Object.keys(inputs);
  const transform: RowTransform = {
    inputs,
    ...(target ? { target: targetSpec(target) } : {}),
    rows,
    id: createHash('sha256').update(JSON.stringify(fitted)).digest('hex'),
    lanes,
    open(batch) {
      const own = target && openColumn(target, batch);
      const writers = [
        ...features.flatMap((feature, k) => {
          const { write } = openColumn(feature, batch) ?? missing(feature, batch);
          return (places[k] as readonly PlacedPart[]).map((part, n) => ({
            ...part,
            write: write[n],
          }));
        }),
        ...(own ? [{ lane: names.length, offset: 0, write: own.write[0] }] : []),
      ];
      return {
        hasTarget: own !== undefined,
        isKnown: (row) => own?.isKnown(row) ?? true,
        write(row, into, place) {
          if (own && !own.isKnown(row)) throw unknownTarget(target, own, row);
          for (const { write, lane, offset } of writers) {
            const { width } = lanes[lane] as Lane;
            write?.(row, into[lane] as DenseValues, place * width + offset);
          }
        },
      };
    },
    tensorsOf(arrays, count, hasTarget) {
      const dense = (k: number): DenseTensor => {
        const { spec, width } = lanes[k] as Lane;
        const values = arrays[k] as DenseValues;
        return {
          shape: [count, ...spec.shape],
          values: values.length === count * width ? values : values.slice(0, count * width),
        };
      };
      return {
        rows: count,
        xs: Object.fromEntries(names.map((name, k) => [name, dense(k)])),
        ...(hasTarget ? { ys: dense(names.length) } : {}),
      };
    },
    apply(batch) {
      assertGiven(batch, 'batch', 'a record batch');
      const opened = transform.open(batch);
      const arrays = createLanes(lanes, batch.numRows);
      for (let row = 0; row < batch.numRows; row++) opened.write(row, arrays, row);
      return transform.tensorsOf(arrays, batch.numRows, opened.hasTarget);
    },
    decodeTarget: (outputs) => (target ? decodeRows(target, outputs) : noTarget()),
    toJSON: () => ({
      format: transformFormat,
      formatVersion: transformVersion,
      version,
      ...fitted,
    }),
  };
  return transform;
}

/** Arrays that hold so many rows. */
export function createLanes(lanes: readonly Lane[], rows: number): LaneArrays {
  return lanes.map(({ spec, width }) =>
    spec.dtype === 'int32' ? new Int32Array(rows * width) : new Float32Array(rows * width),
  );
}

function layOut(features: readonly Feature[]) {
  const table = features.flatMap(({ parts }) => parts.filter(({ isOwnInput }) => !isOwnInput));
  const width = table.reduce((sum, { shape }) => sum + tensorSize(shape), 0);
  const inputs: Record<string, InputSpec> = {};
  if (width > 0) {
    const labels = table.flatMap((part) => part.labels ?? []);
    inputs[tableInput] = { shape: [width], dtype: 'float32', labels };
  }
  let next = 0;
  const places = features.map(({ json, parts }) =>
    parts.map(({ isOwnInput, ...part }): PlacedPart => {
      if (!isOwnInput) {
        const offset = next;
        next += tensorSize(part.shape);
        return { lane: 0, offset };
      }
      if (json.column in inputs) throw sameInput(json.column);
      inputs[json.column] = part;
      return { lane: Object.keys(inputs).length - 1, offset: 0 };
    }),
  );
  return { inputs, places };
}

function sameInput(column: string): SchemaError {
  return new SchemaError(
    `column '${column}' would be an input of its own, and the numbers of the table are called so. ` +
      'Rename it',
  );
}

function openColumn({ json, open }: Feature, { schema, data }: RecordBatch) {
  const index = schema.fields.findIndex(({ name }) => name === json.column);
  const field = schema.fields[index];
  return field && open(field, data.children[index] as Data);
}

function unknownTarget({ json }: Feature, opened: OpenedFeature, row: number): DataError {
  const shown = opened.show?.(row) ?? 'null';
  const classes = 'levels' in json ? ` Classes: ${json.levels.slice(0, 20).join(', ')}.` : '';
  return new DataError(
    `target '${json.column}' is null, or of a class that fitted rows lack: ${shown}.${classes} ` +
      "Leave such rows out, or say unknownTargets: 'drop'",
  );
}

function missing({ json }: Feature, { schema }: RecordBatch): OpenedFeature {
  throw missingColumn(json.column, schema);
}

/** The error for a column that the rows lack. */
export function missingColumn(column: string, schema: Schema): SchemaError {
  const names = schema.fields.map(({ name }) => name);
  const closest = closestName(column, names);
  const hint = closest === undefined ? '' : `Did you mean '${closest}'? `;
  return new SchemaError(`column is missing: '${column}'. ${hint}Columns: ${names.join(', ')}`);
}

function targetSpec({ json, parts }: Feature): TargetSpec {
  const { isOwnInput, ...part } = parts[0] as FeaturePart;
  const { column, as } = json;
  return { ...part, column, as, ...('levels' in json ? { classes: json.levels } : {}) };
}

function decodeRows({ json }: Feature, outputs: ArrayLike<number>): (string | number)[] {
  if ('centre' in json) return Array.from(outputs, (value) => value * json.scale + json.centre);
  const width = json.levels.length;
  return Array.from({ length: outputs.length / width }, (_, row) => {
    const own = Array.from(json.levels, (__, place) => outputs[row * width + place] as number);
    return json.levels[own.indexOf(Math.max(...own))] as string;
  });
}

function noTarget(): never {
  throw new SchemaError("the transform has no target to read. Fit one with 'target'");
}
