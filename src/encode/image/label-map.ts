import { DataType, type Field, type FixedSizeList, type Vector } from 'apache-arrow';
import { makeTensorColumn } from '../../data/tensor/make.js';
import { DataError, SchemaError } from '../../errors.js';
import { listOf, type Members, refuse } from '../json-checks.js';
import type { TensorEncoder } from '../tensor/encoder.js';
import { inMemoryOrder, ownNumbers, readOwnNumbers } from '../tensor/numbers.js';
import { type ImageLayout, pixelLayout } from './layout.js';

/** Labels of a map, at most: each is a channel. */
const mostLabels = 256;

/** Whole numbers with no more values are labels if nobody says so. */
const fewLabels = 32;

/** Whether a column holds maps of labels: whole numbers, one a pixel, of few values. */
export function holdsLabelMaps(field: Field, sample: Vector): boolean {
  const layout = labelLayout(field);
  return layout !== undefined && labelsOf(layout, sample, fewLabels) !== undefined;
}

/**
 * Fits an encoder to a column of label maps, such as segmentations: each label becomes a channel, 1
 * where it is and −1 elsewhere. Decoded, a pixel has the label of its largest channel.
 *
 * @throws SchemaError for a column of other tensors, or of too many labels; DataError for no labels.
 */
export function fitLabelMap(field: Field, sample: Vector): TensorEncoder {
  const layout = labelLayout(field);
  if (!layout) {
    throw new SchemaError(
      `column '${field.name}' holds no label maps: ${field.type}. They are tensors of whole numbers, ` +
        'of shape [height, width] or [height, width, 1]',
    );
  }
  const labels = labelsOf(layout, sample, mostLabels);
  if (!labels) {
    throw new SchemaError(
      `column '${field.name}' has too many labels: more than ${mostLabels}. Learn it as ` +
        "'continuous', or join labels",
    );
  }
  if (labels.length > 0) return labelMap(field, layout, labels);
  throw new DataError(`column '${field.name}' has no labels: all of its rows are null`);
}

/** Reads a saved encoder of label maps. */
export function labelMapFromJSON(field: Field, members: Members): TensorEncoder {
  const layout = labelLayout(field);
  if (!layout) return refuse(field, 'does not fit the type', String(field.type));
  const labels = listOf(field, members, 'labels');
  const isRight = labels.every(
    (label, k) =>
      Number.isSafeInteger(label) && (k === 0 || (label as number) > (labels[k - 1] as number)),
  );
  if (!isRight || labels.length === 0 || labels.length > mostLabels) {
    return refuse(field, 'has bad labels', labels);
  }
  return labelMap(field, layout, labels as number[]);
}

function labelLayout(field: Field): ImageLayout | undefined {
  const layout = pixelLayout(field);
  const element = (field.type as FixedSizeList).valueType;
  return layout?.channels === 1 && DataType.isInt(element) ? layout : undefined;
}

/** The labels of a sample in ascending order; undefined if there are more than `most`. */
function labelsOf(layout: ImageLayout, sample: Vector, most: number): number[] | undefined {
  const labels = new Set<number>();
  for (const value of readOwnNumbers(layout, sample).values) {
    labels.add(Number(value));
    if (labels.size > most) return undefined;
  }
  return [...labels].sort((a, b) => a - b);
}

function labelMap(field: Field, layout: ImageLayout, labels: readonly number[]): TensorEncoder {
  const { height, width } = layout;
  const [pixels, count] = [height * width, labels.length];
  const places = new Map(labels.map((label, place) => [label, place]));
  const write = (channels: Float32Array) => {
    const found = Array.from(
      { length: channels.length / count },
      (_, pixel) => labels[largestOf(channels, pixel * count, count)] as number,
    );
    return makeTensorColumn(field, inMemoryOrder(ownNumbers(layout.type.element, found), layout));
  };
  return {
    kind: 'label-map',
    spans: [],
    shape: [height, width, count],
    read(vector) {
      const { rows, values } = readOwnNumbers(layout, vector);
      return {
        rows,
        fill(index, target, to) {
          target.fill(-1, to, to + pixels * count);
          for (let pixel = 0; pixel < pixels; pixel++) {
            const label = Number(values[index * pixels + pixel]);
            const place = places.get(label);
            if (place === undefined) throw unknownLabel(field, label, labels);
            target[to + pixel * count + place] = 1;
          }
        },
      };
    },
    write,
    encode: () => [],
    decode: (_, rows) => write(new Float32Array(rows * pixels * count)),
    toJSON: () => ({ kind: 'label-map', labels }),
  };
}

function largestOf(values: Float32Array, from: number, count: number): number {
  let best = 0;
  for (let k = 1; k < count; k++) {
    if ((values[from + k] as number) > (values[from + best] as number)) best = k;
  }
  return best;
}

function unknownLabel({ name }: Field, label: number, labels: readonly number[]): DataError {
  return new DataError(
    `column '${name}' has a label that the model was not trained on: ${label}. It knows ` +
      `${labels.join(', ')}; train on rows that have all labels`,
  );
}
