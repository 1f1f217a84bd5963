import type { RecordBatch } from 'apache-arrow';
import { gatherRuns, type Run } from '../../data/batches/interleave.js';
import { DataError } from '../../errors.js';
import type { Chunks } from '../../gan/sampling/chunks.js';
import type { Classifier } from '../plan/classify.js';
import type { BatchSlice } from './batch-slice.js';
import type { Shares } from './shares.js';

/** Rows of one class that wait for their turn, at most; later ones are dropped. */
const mostWaiting = 4096;

/** Chunks that are made for one row of a class before it is given up. */
const mostChunks = 1000;

interface Queue {
  readonly batches: RecordBatch[];
  /** Rows of the first batch that are gone. */
  used: number;
  rows: number;
}

/**
 * A model's synthetic rows by class. Each class takes its rows in the order in which the model makes
 * them; those of classes that have had enough are dropped. Which rows come out depends on the order
 * in which they are asked for, and on nothing else.
 *
 * @throws DataError, from the call, when the model does not make rows of a class.
 */
export function createClassRows(
  chunks: Chunks,
  classify: Classifier,
  shares: Shares,
  bind: (chunk: RecordBatch) => RecordBatch,
): (wanted: readonly { place: number; count: number }[]) => Promise<BatchSlice[]> {
  const queues = shares.ratios.map((): Queue => ({ batches: [], used: 0, rows: 0 }));

  const fill = async () => {
    const chunk = await chunks.next();
    const bound = bind(chunk);
    for (const [place, runs] of runsByClass(classify(chunk), queues.length).entries()) {
      const queue = queues[place] as Queue;
      const rows = runs.reduce((sum, { length }) => sum + length, 0);
      if (rows === 0 || shares.ratios[place]?.isZero || queue.rows >= mostWaiting) continue;
      queue.batches.push(gatherRuns(bound.schema, [bound], runs));
      queue.rows += rows;
    }
  };

  const takeOne = async (place: number, most: number): Promise<BatchSlice> => {
    const queue = queues[place] as Queue;
    for (let tried = 0; queue.rows === 0; tried++) {
      if (tried === mostChunks) throw unmade(shares, place);
      await fill();
    }
    const batch = queue.batches[0] as RecordBatch;
    const slice = { batch, start: queue.used, length: Math.min(most, batch.numRows - queue.used) };
    queue.used += slice.length;
    queue.rows -= slice.length;
    if (queue.used === batch.numRows) {
      queue.batches.shift();
      queue.used = 0;
    }
    return slice;
  };

  return async (wanted) => {
    const slices: BatchSlice[] = [];
    for (const { place, count } of wanted) {
      for (let missing = count; missing > 0; ) {
        const slice = await takeOne(place, missing);
        slices.push(slice);
        missing -= slice.length;
      }
    }
    return slices;
  };
}

function runsByClass(classes: Uint16Array, count: number): Run[][] {
  const runs = Array.from({ length: count }, (): { start: number; length: number }[] => []);
  classes.forEach((place, row) => {
    const own = runs[place] as { start: number; length: number }[];
    const last = own.at(-1);
    if (last && last.start + last.length === row) last.length++;
    else own.push({ start: row, length: 1 });
  });
  return runs.map((own) => own.map((run) => ({ source: 0, ...run })));
}

function unmade({ column, classes }: Shares, place: number): DataError {
  const name = place < classes.length ? `'${classes[place]}'` : 'other than those of ratio.classes';
  return new DataError(
    `the model makes no rows of a class: column '${column}', class ${name}, not one in ` +
      `${mostChunks} chunks. Train it on more rows of that class, or leave the class out of the ratio`,
  );
}
