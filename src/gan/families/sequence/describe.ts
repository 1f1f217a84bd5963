import type { Schema } from 'apache-arrow';
import type { ColumnEncoder, EncoderJSON } from '../../../encode/encoder.js';
import type { PlacedSpan } from '../../../encode/table.js';
import type { StepInputs } from '../../../nn/step-inputs.js';
import type { SequenceShape } from './shape.js';

/** Key of the description in an exported generator's metadata. */
export const sequencesMetadata = 'gan-augment.sequences';

/**
 * How to feed an exported generator of sequences and how to read what it gives, in any language.
 *
 * - `inputs`: each is [batch, columns] float32; `normal` and `gumbel` are noise. `given` holds codes of
 *   attributes that are wanted, where `isGiven` is 1.
 * - `attributes` [batch, width] and one row of `steps` [batch, longest · width] are read as rows of a
 *   table: see the description of generators of tables. The first `ranged` numbers of a step are within
 *   the range of their series: middle + half · number, with the middle in `ranges` [batch, 2 · ranged] at
 *   the number's place, and half = (h + 1) / 2 for h at that place + `ranged`.
 * - A step is there while `going` [batch, longest] is at least one half, and the `shortest` are.
 */
export interface SequencesDescription {
  readonly formatVersion: 1;
  readonly inputs: readonly { name: string; fill: string; columns: number }[];
  readonly shortest: number;
  readonly longest: number;
  readonly ranged: number;
  readonly attributes: { readonly width: number; readonly spans: readonly SpanDescription[] };
  readonly steps: { readonly width: number; readonly spans: readonly SpanDescription[] };
  readonly columns: readonly { name: string; type: string; encoder: EncoderJSON }[];
}

interface SpanDescription {
  readonly column: string;
  readonly kind: string;
  readonly offset: number;
  readonly size: number;
}

/** @param inputs What the generator is fed to make one sequence. */
export function describeSequences(
  inputs: StepInputs,
  shape: SequenceShape,
  schema: Schema,
  encoders: readonly ColumnEncoder[],
): SequencesDescription {
  const { attributes, steps, series, shortest, longest, ranged } = shape;
  const name = (column: number) => schema.fields[column]?.name as string;
  const describe =
    (columnOf: (span: PlacedSpan) => number) =>
    (span: PlacedSpan): SpanDescription => ({
      column: name(columnOf(span)),
      kind: span.kind,
      offset: span.offset,
      size: span.size,
    });
  return {
    formatVersion: 1,
    inputs: Object.entries(inputs).map(
      ([
        input,
        {
          source,
          shape: [, columns = 0],
        },
      ]) => ({
        name: input,
        fill: String(source),
        columns,
      }),
    ),
    ...{ shortest, longest, ranged },
    attributes: {
      width: attributes.width,
      spans: attributes.spans.map(describe(({ column }) => column)),
    },
    steps: {
      width: steps.width,
      spans: steps.spans.map(describe(({ column }) => series[column]?.column as number)),
    },
    columns: schema.fields.map(({ type }, column) => ({
      name: name(column),
      type: String(type),
      encoder: (encoders[column] as ColumnEncoder).toJSON(),
    })),
  };
}
