import type { RecordBatch, Vector } from 'apache-arrow';
import type { ColumnEncoder } from '../../../encode/encoder.js';
import { columnOf } from '../../../encode/table.js';
import { isTensorEncoder, type TensorEncoder } from '../../../encode/tensor/encoder.js';
import { SchemaError } from '../../../errors.js';
import type { TrainingData } from '../family.js';
import { fitTensors } from './columns.js';

/** The encoders of the image that is read and of the one that is made; undefined for other columns. */
export function pairEncoders(
  encoders: readonly ColumnEncoder[],
): readonly [TensorEncoder, TensorEncoder] | undefined {
  const [from, to] = encoders;
  if (encoders.length !== 2 || !from || !to) return undefined;
  if (!isTensorEncoder(from) || !isTensorEncoder(to)) return undefined;
  const isImage = ({ kind }: TensorEncoder) => kind === 'image' || kind === 'label-map';
  const isSame = [0, 1].every((axis) => from.shape[axis] === to.shape[axis]);
  return isImage(from) && isImage(to) && isSame ? [from, to] : undefined;
}

/** Fits encoders to the two columns of a pair. @throws SchemaError for images of different sizes. */
export function fitPair({ schema, batches, columns = {} }: TrainingData) {
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
