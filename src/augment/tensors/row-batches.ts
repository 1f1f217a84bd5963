import {
  createLanes,
  type LaneArrays,
  type OpenedRows,
  type RowTransform,
} from '../../features/transform.js';
import type { Random } from '../../random.js';

/** Rows as numbers, and which of them are synthetic. */
export interface HeldRows {
  readonly lanes: LaneArrays;
  /** 1 for synthetic rows. */
  readonly synthetic: Uint8Array;
}

/** Gathers rows to batches, through a buffer that they leave in random order. */
export interface RowBatches {
  /** Takes a row in, and gives a batch if one is full. */
  add(opened: OpenedRows, row: number, isSynthetic: boolean): HeldRows | undefined;
  /** The batches of what is still held; the last one may be smaller. */
  rest(): Generator<{ readonly held: HeldRows; readonly rows: number }>;
}

/** How rows are gathered. */
interface Gathering {
  /** Rows of a batch. */
  readonly batch: number;
  /** Rows of the buffer; each row that comes takes the place of one that leaves. */
  readonly shuffle: number;
  /** Says which one leaves. */
  readonly random: Random;
}

/** Starts to gather rows. */
export function createRowBatches(
  transform: RowTransform,
  { batch, shuffle, random }: Gathering,
): RowBatches {
  const hold = (rows: number): HeldRows => ({
    lanes: createLanes(transform.lanes, rows),
    synthetic: new Uint8Array(rows),
  });
  const widths = transform.lanes.map(({ width }) => width);
  const buffer = hold(shuffle);
  let [held, filled] = [0, 0];
  let out = hold(batch);

  function write(opened: OpenedRows, row: number, isSynthetic: boolean, to: HeldRows, at: number) {
    opened.write(row, to.lanes, at);
    to.synthetic[at] = isSynthetic ? 1 : 0;
  }

  function copy(from: number, to: HeldRows, at: number): void {
    for (const [k, width] of widths.entries()) {
      const numbers = buffer.lanes[k]?.subarray(from * width, (from + 1) * width) ?? [];
      to.lanes[k]?.set(numbers, at * width);
    }
    to.synthetic[at] = buffer.synthetic[from] as number;
  }

  function full(): HeldRows | undefined {
    if (filled < batch) return undefined;
    const ready = out;
    [out, filled] = [hold(batch), 0];
    return ready;
  }

  return {
    add(opened, row, isSynthetic) {
      if (held < shuffle) {
        write(opened, row, isSynthetic, buffer, held++);
        return undefined;
      }
      if (shuffle === 0) write(opened, row, isSynthetic, out, filled++);
      else {
        const place = random.integer(shuffle);
        copy(place, out, filled++);
        write(opened, row, isSynthetic, buffer, place);
      }
      return full();
    },
    *rest() {
      while (held > 0) {
        const place = random.integer(held--);
        copy(place, out, filled++);
        copy(held, buffer, place);
        const ready = full();
        if (ready) yield { held: ready, rows: batch };
      }
      if (filled > 0) yield { held: out, rows: filled };
    },
  };
}
