import type { Data, DenseUnion } from 'apache-arrow';
import { createRunList, type RunList } from './runs.js';

/** Offsets of a dense union, and for each child the runs of it that are used. */
export interface GatheredDenseUnion {
  readonly valueOffsets: Int32Array;
  readonly childRuns: readonly RunList[];
}

/** Rebuilds a dense union's offsets: each child holds only the rows that are taken, in order. */
export function gatherDenseUnion(
  type: DenseUnion,
  sources: readonly Data[],
  { count, rows, sources: numbers, starts, lengths }: RunList,
): GatheredDenseUnion {
  const valueOffsets = new Int32Array(rows);
  const childRuns = type.children.map(() => createRunList());
  let row = 0;
  for (let run = 0; run < count; run++) {
    const number = numbers[run] as number;
    const { typeIds, valueOffsets: offsets } = sources[number] as Data;
    const start = starts[run] as number;
    const end = start + (lengths[run] as number);
    for (let from = start; from < end; from++) {
      const child = childRuns[type.typeIdToChildIndex[typeIds[from] as number] as number];
      if (!child) throw new RangeError(`union has no member with id ${typeIds[from]}`);
      valueOffsets[row++] = child.rows;
      child.add(number, offsets[from] as number, 1);
    }
  }
  return { valueOffsets, childRuns };
}
