import type { Data, DenseUnion } from 'apache-arrow';
import { countRows, type Run, sourceOf } from './runs.js';

/** Offsets of a dense union, and for each child the runs of it that are used. */
export interface GatheredDenseUnion {
  readonly valueOffsets: Int32Array;
  readonly childRuns: Run[][];
}

/** Rebuilds a dense union's offsets: each child holds only the rows that are taken, in order. */
export function gatherDenseUnion(
  type: DenseUnion,
  sources: readonly Data[],
  runs: readonly Run[],
): GatheredDenseUnion {
  const valueOffsets = new Int32Array(countRows(runs));
  const childRuns: Run[][] = type.children.map(() => []);
  const childRows = new Int32Array(type.children.length);
  let row = 0;
  for (const run of runs) {
    const { typeIds, valueOffsets: offsets } = sourceOf(sources, run);
    for (let from = run.start; from < run.start + run.length; from++) {
      const child = type.typeIdToChildIndex[typeIds[from] as number] as number;
      valueOffsets[row++] = childRows[child] as number;
      childRows[child] = (childRows[child] as number) + 1;
      extend(childRuns[child] as Run[], run.source, offsets[from] as number);
    }
  }
  return { valueOffsets, childRuns };
}

function extend(runs: Run[], source: number, start: number): void {
  const last = runs.at(-1);
  if (last && last.source === source && last.start + last.length === start) {
    runs[runs.length - 1] = { ...last, length: last.length + 1 };
  } else {
    runs.push({ source, start, length: 1 });
  }
}
