import type { CsvRow } from './rows.js';

/** Takes the next rows: as many as asked for, or fewer when their text is long, or at the end. */
export type TakeRows = (count: number, characters: number) => Promise<CsvRow[]>;

/** Takes rows out of blocks of any size, and reads no more blocks than it needs. */
export function createTaker(blocks: AsyncIterator<CsvRow[]>): TakeRows {
  let block: readonly CsvRow[] = [];
  let used = 0;
  return async (count, characters) => {
    const rows: CsvRow[] = [];
    for (let taken = 0; rows.length < count && taken < characters; ) {
      if (used === block.length) {
        const next = await blocks.next();
        if (next.done) break;
        [block, used] = [next.value, 0];
        continue;
      }
      const row = block[used++] as CsvRow;
      rows.push(row);
      for (const cell of row.cells) taken += cell.length;
    }
    return rows;
  };
}
