import type { Tensor2D } from '@tensorflow/tfjs-core';
import { compile } from '../../../../compute/compile.js';
import type { ExecutionTarget } from '../../../../compute/engines/options.js';
import type { Feed } from '../../../../compute/program.js';
import type { HostTensors, Tensors } from '../../../../compute/tensor.js';
import type { SpanValues } from '../../../../encode/encoder.js';
import type { EncodedTable, PlacedSpan, TableLayout } from '../../../../encode/table.js';
import type { StepInputs } from '../../../../nn/step-inputs.js';
import type { Random } from '../../../../random.js';
import { openGenerator } from '../../../sampling/run-generator.js';
import { outputBias } from '../names.js';
import { type RowShape, rowShape } from '../shape.js';
import { type ColumnCurves, numberCurves } from './numbers.js';
import { codeOf, type SpanShares, shareOffsets, sharesOfTable } from './shares.js';

/** Rows that are made at once, and in all at most: to see how often each level comes. */
const chunkRows = 1024;
const mostChunks = 16;

/** Made rows for each row of the data, if there are two chunks. */
const timesRows = 4;

/** Numbers that these rows have at most, if there is more than one chunk. */
const mostNumbers = 2 ** 23;

/** How a generator's weights make the logits of rows. */
export interface LogitsProgram {
  /** What it is fed to make so many rows; `gumbel` is the noise of the categories. */
  readonly inputs: StepInputs;
  /** Fills the inputs that are not noise. */
  fillData(feed: Feed, random: Random): void;
  /** Rows before the noise of their categories: numbers, then the logits of the one-hot spans. */
  readonly draw: (weights: Tensors, inputs: Tensors) => Tensor2D;
}

/** A generator whose levels and modes each come as often as wanted. */
export interface CalibratedShares {
  /** Weights of the generator, with other biases of its last layer. */
  readonly state: HostTensors;
  /** Some rows that it makes, before any curves: one array for each span. */
  readonly values: readonly SpanValues[];
}

/** A generator whose columns are each distributed as in the data. */
export interface Calibrated extends CalibratedShares {
  readonly curves: readonly ColumnCurves[];
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
  open: (rows: number) => LogitsProgram,
  state: HostTensors,
  random: Random,
  target: Partial<ExecutionTarget> = {},
): Promise<Calibrated> {
  const shares = sharesOfTable(table);
  const calibrated = await calibrateShares(table, shares, open, state, random, target);
  return { ...calibrated, curves: numberCurves(table, calibrated.values) };
}

/**
 * The same of levels and modes alone, by shares that are given: no row is looked at.
 *
 * @param size The layout of rows, and about how many there are.
 */
export async function calibrateShares(
  size: { readonly layout: TableLayout; readonly rows: number },
  shares: SpanShares,
  open: (rows: number) => LogitsProgram,
  state: HostTensors,
  random: Random,
  target: Partial<ExecutionTarget> = {},
): Promise<CalibratedShares> {
  const { layout } = size;
  const shape = rowShape(layout);
  const drawn = await drawLogits(shape, open(chunkRows), chunksFor(size), state, random, target);
  const offsets = shareOffsets(layout, shares, shape, drawn.logits, drawn.gumbel);
  const values = layout.spans.map((span) => valuesOf(span, shape, drawn, offsets));
  const bias = state[outputBias] as HostTensors[string];
  const corrected = (bias.values as Float32Array).map((value, k) => value + (offsets[k] as number));
  return { state: { ...state, [outputBias]: { ...bias, values: corrected } }, values };
}

function chunksFor({ layout, rows }: { layout: TableLayout; rows: number }): number {
  const affordable = Math.floor(mostNumbers / (layout.width * chunkRows));
  const useful = Math.max(2, Math.ceil((timesRows * rows) / chunkRows));
  return Math.max(1, Math.min(mostChunks, useful, affordable));
}

/** Rows that were drawn: their logits [rows, width], and the noise of their categories [rows, onehots]. */
interface Drawn {
  readonly rows: number;
  readonly logits: Float32Array;
  readonly gumbel: Float32Array;
}

async function drawLogits(
  { width, onehots }: RowShape,
  { inputs, draw, fillData }: LogitsProgram,
  chunks: number,
  state: HostTensors,
  random: Random,
  target: Partial<ExecutionTarget>,
): Promise<Drawn> {
  const rows = chunks * chunkRows;
  const logits = new Float32Array(rows * width);
  const gumbel = new Float32Array(rows * onehots);
  const fed = Object.fromEntries(Object.entries(inputs).filter(([name]) => name !== 'gumbel'));
  const program = await compile(
    {
      state,
      inputs: fed,
      step: (weights, given) => ({ state: weights, outputs: { logits: draw(weights, given) } }),
    },
    target,
  );
  // The noise of the categories is drawn too, and added here.
  const run = (feed: Feed) =>
    program.run(Object.fromEntries(Object.entries(feed).filter(([name]) => name !== 'gumbel')));
  const generator = openGenerator({ run, dispose: () => program.dispose() }, inputs);
  try {
    for (let chunk = 0; chunk < chunks; chunk++) {
      const stream = random.fork('chunk', chunk);
      const { feed, outputs } = await generator.run(stream.fork('noise'), (all) =>
        fillData(all, stream.fork('condition')),
      );
      logits.set(outputs.logits?.values as Float32Array, chunk * chunkRows * width);
      if (feed.gumbel) gumbel.set(feed.gumbel as Float32Array, chunk * chunkRows * onehots);
    }
    return { rows, logits, gumbel };
  } finally {
    await generator.dispose();
  }
}

/** The codes or numbers of one span of drawn rows. */
function valuesOf(
  span: PlacedSpan,
  shape: RowShape,
  { rows, logits, gumbel }: Drawn,
  offsets: Float32Array,
): SpanValues {
  if (span.kind === 'scalar') {
    return Float32Array.from({ length: rows }, (_, row) =>
      Math.max(-1, Math.min(1, logits[row * shape.width + span.offset] as number)),
    );
  }
  const own = offsets.subarray(span.offset, span.offset + span.size);
  const drawn = { shape, logits, gumbel, width: shape.width };
  return Int32Array.from({ length: rows }, (_, row) => codeOf(drawn, row, span.offset, own));
}
