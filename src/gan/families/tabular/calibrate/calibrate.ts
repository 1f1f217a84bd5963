import type { Tensor2D } from '@tensorflow/tfjs-core';
import { compile } from '../../../../compute/compile.js';
import type { Place } from '../../../../compute/engines/options.js';
import type { Feed } from '../../../../compute/program.js';
import { type HostTensors, mapEntries, sizeOf, type Tensors } from '../../../../compute/tensor.js';
import type { SpanValues } from '../../../../encode/encoder.js';
import type { EncodedTable } from '../../../../encode/table.js';
import { fillNoise, type StepInputs } from '../../../../nn/step-inputs.js';
import type { Random } from '../../../../random.js';
import { outputBias } from '../ctgan/networks.js';
import { rowShape } from '../shape.js';
import { type ColumnCurves, numberCurves } from './numbers.js';
import { codeOf, shareOffsets } from './shares.js';

/** Rows that are made at once, and in all at most: to see how often each level comes. */
const chunkRows = 1024;
const mostChunks = 16;

/** Made rows for each row of the data, if there are two chunks. */
const timesRows = 4;

/** Numbers that these rows have at most, if there is more than one chunk. */
const mostNumbers = 2 ** 23;

/** How rows are made of a generator's weights. */
export interface RowMaker {
  /** What it is fed to make so many rows; `gumbel` is the noise of the categories. */
  readonly inputs: StepInputs;
  /** Fills the inputs that are not noise. */
  fillData(feed: Feed, random: Random): void;
  /** Rows before the noise of their categories: numbers, then the logits of the one-hot spans. */
  readonly draw: (weights: Tensors, inputs: Tensors) => Tensor2D;
}

/** A generator whose columns are each distributed as in the data. */
export interface Calibrated {
  /** Weights of the generator, with other biases of its last layer. */
  readonly state: HostTensors;
  readonly curves: readonly ColumnCurves[];
  /** Some rows that it makes, before the curves: one array for each span. */
  readonly values: readonly SpanValues[];
}

/**
 * Corrects each column's own distribution: the biases of the last layer, so that levels and modes
 * come as often as in the data, and a curve for the numbers of each mode. What a row's columns have
 * to do with each other is the networks' work alone.
 *
 * Deterministic, and holds no row of the data: shares of levels, and means of at least 5 numbers.
 *
 * @param open Says how so many rows are made.
 * @param state The generator's weights.
 */
export async function calibrate(
  table: EncodedTable,
  open: (rows: number) => RowMaker,
  state: HostTensors,
  random: Random,
  place: Partial<Place> = {},
): Promise<Calibrated> {
  const { layout } = table;
  const shape = rowShape(layout);
  const { inputs, draw, fillData } = open(chunkRows);
  const affordable = Math.floor(mostNumbers / (shape.width * chunkRows));
  const useful = Math.max(2, Math.ceil((timesRows * table.rows) / chunkRows));
  const chunks = Math.max(1, Math.min(mostChunks, useful, affordable));
  const rows = chunks * chunkRows;
  const logits = new Float32Array(rows * shape.width);
  const gumbel = new Float32Array(rows * shape.onehots);
  const { gumbel: _, ...fed } = inputs;
  const program = await compile(
    {
      state,
      inputs: fed,
      step: (weights, given) => ({ state: weights, outputs: { drawn: draw(weights, given) } }),
    },
    place,
  );
  try {
    const feed: Feed = mapEntries(fed, (input) => new Float32Array(sizeOf(input.shape)));
    for (let chunk = 0; chunk < chunks; chunk++) {
      const own = random.fork('chunk', chunk);
      const noise = gumbel.subarray(
        chunk * chunkRows * shape.onehots,
        (chunk + 1) * chunkRows * shape.onehots,
      );
      fillNoise(inputs, { ...feed, gumbel: noise }, own.fork('noise'));
      fillData(feed, own.fork('condition'));
      const { drawn } = await program.run(feed);
      logits.set(drawn?.values as Float32Array, chunk * chunkRows * shape.width);
    }
  } finally {
    await program.dispose();
  }
  const offsets = shareOffsets(table, shape, logits, gumbel);
  const made = { shape, logits, gumbel, width: shape.width };
  const values = layout.spans.map((span): SpanValues => {
    if (span.kind === 'scalar') {
      return Float32Array.from({ length: rows }, (_, row) =>
        Math.max(-1, Math.min(1, logits[row * shape.width + span.offset] as number)),
      );
    }
    const own = offsets.subarray(span.offset, span.offset + span.size);
    return Int32Array.from({ length: rows }, (_, row) => codeOf(made, row, span.offset, own));
  });
  const bias = state[outputBias] as HostTensors[string];
  const corrected = (bias.values as Float32Array).map((value, k) => value + (offsets[k] as number));
  return {
    state: { ...state, [outputBias]: { ...bias, values: corrected } },
    curves: numberCurves(table, values),
    values,
  };
}
