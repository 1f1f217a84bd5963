import { Field, Int32, makeData, type RecordBatch, Schema } from 'apache-arrow';
import type { AugmentDependencies } from '../../../src/augment/dependencies.js';
import { makeBatch } from '../../../src/data/batches/batch.js';
import type { ColumnSummary } from '../../../src/encode/summary/column-summary.js';
import type { Model } from '../../../src/gan/model/model.js';

/** One column of numbers: real rows count up from 0, synthetic ones down from −1. */
export const numberedSchema = new Schema([new Field('n', new Int32(), false)]);

/** A batch of these numbers. */
export function batchOf(numbers: readonly number[], schema = numberedSchema): RecordBatch {
  const data = Int32Array.from(numbers);
  const column = makeData({ type: new Int32(), length: data.length, nullCount: 0, data });
  return makeBatch(schema, [column], data.length);
}

/** Batches of these sizes, with their rows numbered from 0. */
export function numberedBatches(sizes: readonly number[]): RecordBatch[] {
  let next = 0;
  return sizes.map((size) => batchOf(Array.from({ length: size }, () => next++)));
}

/** The numbers in a column of some batches. */
export function numbersOf(batches: readonly RecordBatch[], column = 0): number[] {
  return batches.flatMap(({ data, numRows }) => {
    const values = data.children[column]?.values as Int32Array | undefined;
    return [...(values?.subarray(0, numRows) ?? [])];
  });
}

/** What stands for a trained model. */
export function numberedModel(id = 'a'.repeat(64), summary?: readonly ColumnSummary[]): Model {
  const manifest = {
    recipe: { name: 'ctgan' },
    training: { rows: 0, steps: 0 },
    generator: {},
    summary,
  };
  return {
    id,
    manifest,
    schema: numberedSchema,
    encoders: [],
    generator: new Uint8Array(),
  } as never;
}

/** What was opened and ended, to see that nothing is left. */
export interface Traces {
  chunksOpen: number;
  fitsRunning: number;
  fits: number;
}

/** Tools without a GAN: chunks of 4 numbered rows, and fits that end when `wait` does. */
export function numberedTools(wait: (what: 'fit' | 'chunk') => Promise<void> = async () => {}): {
  tools: AugmentDependencies;
  traces: Traces;
} {
  const traces: Traces = { chunksOpen: 0, fitsRunning: 0, fits: 0 };
  const tools: AugmentDependencies = {
    async fit(_schema, _held, _options, signal) {
      traces.fits++;
      traces.fitsRunning++;
      const stopped = new Promise<never>((_, reject) => {
        signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
      });
      try {
        await Promise.race([wait('fit'), stopped]);
        return numberedModel();
      } finally {
        traces.fitsRunning--;
      }
    },
    async openTranslator() {
      throw new Error('not for rows from noise');
    },
    async openChunks(model) {
      traces.chunksOpen++;
      let next = 0;
      return {
        async next() {
          await wait('chunk');
          const schema = model.schema;
          return batchOf(
            Array.from({ length: 4 }, () => --next),
            schema,
          );
        },
        async dispose() {
          traces.chunksOpen--;
        },
      };
    },
    compareArms: async () => {
      throw new Error('nothing to measure');
    },
  };
  return { tools, traces };
}

/** What is to come out of real rows 0 … rows − 1 at this many tenths, where mixing starts at `from`. */
export function mixedNumbers(rows: number, tenths: number, from = 0): number[] {
  const out: number[] = [];
  let synthetic = 0;
  for (let real = 0; real < rows; real++) {
    out.push(real);
    const due = Math.floor(((real + 1 - from) * tenths) / (10 - tenths));
    while (synthetic < due) out.push(-++synthetic);
  }
  return out;
}
