import type { Schema } from 'apache-arrow';
import type { ColumnEncoder, EncoderJSON } from '../../../encode/encoder.js';
import { layoutOf, type PlacedSpan } from '../../../encode/table.js';
import type { StepInputs } from '../../../nn/step-inputs.js';
import { rowShape } from './shape.js';

/** Key of the description in an exported generator's metadata. */
export const rowsMetadata = 'gan-augment.rows';

/**
 * How to feed an exported generator and how to read its rows, in any language: what stands as JSON
 * in the file's metadata.
 *
 * - `inputs`: each is [batch, columns] float32. `normal` is standard normal noise and `gumbel`
 *   standard Gumbel noise, `symmetricUniform` is uniform in (−1, 1). In a row of `condition` one number is 1 and the others 0: take a column
 *   of `conditions`, evenly, and one of its levels, by `counts`; its place is `offset` + the level.
 *   A generator without such an input has no `conditions`. Where `zeros` stand, a row may also have the
 *   codes that it is to have, each a 1 at the `offset` of its span, less the table's scalars, + the code.
 * - `columns`: the columns of the table, each with its spans of the output `rows` [batch, width] and
 *   its fitted encoder. A 'scalar' span is one number in [−1, 1]; of an 'onehot' span the place of
 *   the largest number is a code. A code of role 'presence' is 0 for null. A code of role 'category'
 *   is a place in `encoder.levels`; with `encoder.codes` its last code stands for all levels from
 *   there on: one is drawn by their `encoder.counts`. A code of role 'mode' is a place in `encoder.modes`, and the
 *   number is center + halfWidth · scalar, kept between `encoder.minimum` and `maximum`, or those of
 *   `encoder.bulk`, if there is one, for all modes but atoms and the one of kind 'far'; if the mode
 *   has a `curve`, the scalar is first taken through its points `from` → `to`, with straight lines
 *   between them, and level beyond. Without such
 *   a span there is one mode, and without a scalar the number is the center. Then a 'continuous'
 *   column is the number · `unit`, to `decimals` places; an 'integer', 'decimal' or 'temporal' one
 *   is `lowest`, or `origin` if there is one, + round(number) · `step`, not below `lowest` nor above
 *   `highest`, in the units of the column's type. A
 *   'nullable' encoder holds that of its values as `inner`. Of a 'binned' encoder a code is a place in
 *   `encoder.bins`, [start, end, rows], or behind them null: the number is drawn evenly from start to end,
 *   and of what is no float it is a whole one, of which the value is `origin` + number · `step`.
 */
export interface RowsDescription {
  readonly formatVersion: 1;
  readonly inputs: readonly { name: string; fill: string; columns: number }[];
  readonly conditions: readonly { column: string; offset: number; counts: readonly number[] }[];
  readonly output: { readonly name: 'rows'; readonly width: number };
  readonly columns: readonly {
    readonly name: string;
    /** The Arrow type. */
    readonly type: string;
    readonly nullable: boolean;
    readonly spans: readonly { kind: string; role?: string; offset: number; size: number }[];
    readonly encoder: EncoderJSON;
  }[];
}

/** What inputs that are no noise are filled with. */
const fills: Readonly<Record<string, string>> = { condition: 'condition', wanted: 'zeros' };

/** @param inputs What the generator is fed to make one row. */
export function describeRows(
  inputs: StepInputs,
  schema: Schema,
  encoders: readonly ColumnEncoder[],
): RowsDescription {
  const layout = layoutOf(encoders);
  const shape = rowShape(layout);
  const nameOf = ({ column }: PlacedSpan) => schema.fields[column]?.name as string;
  return {
    formatVersion: 1,
    inputs: Object.entries(inputs).map(([name, { source, shape }]) => ({
      name,
      fill: fills[name] ?? String(source),
      columns: shape[1] as number,
    })),
    conditions: layout.spans.flatMap((span) =>
      inputs.condition && span.kind === 'onehot' && span.role === 'category'
        ? [{ column: nameOf(span), offset: span.offset - shape.scalars, counts: span.counts }]
        : [],
    ),
    output: { name: 'rows', width: layout.width },
    columns: schema.fields.map(({ name, type, nullable }, column) => ({
      name,
      type: String(type),
      nullable,
      spans: layout.spans
        .filter((span) => span.column === column)
        .map((span) => ({
          kind: span.kind,
          ...(span.kind === 'onehot' ? { role: span.role } : {}),
          offset: span.offset,
          size: span.size,
        })),
      encoder: (encoders[column] as ColumnEncoder).toJSON(),
    })),
  };
}
