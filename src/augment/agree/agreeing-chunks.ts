import type { RecordBatch, Vector } from 'apache-arrow';
import { gatherRuns, type Run } from '../../data/batches/interleave.js';
import { readTexts } from '../../encode/cells/column-texts.js';
import type { Agreement } from '../../evaluate/utility/agreement.js';
import type { Chunks } from '../../gan/sampling/chunks.js';
import type { AgreedRowsSoFar } from './agreed-rows.js';

/** Rows of a class that wait for their turn, and places that are open, at most. */
const mostWaiting = 4096;

/** Chunks without a row of a class that is agreed with before its rows come out as they are. */
const mostChunks = 50;

interface Place {
  readonly batch: RecordBatch;
  readonly row: number;
}

/**
 * The chunks with only those rows whose class a model of the real rows agrees with. The classes follow
 * each other as they did, so that shares and balances hold: in the place of a row that is dropped
 * comes the next one of its class. Row k of what is left is always the same.
 *
 * @param count Counted into.
 */
export function agreeingChunks(
  chunks: Chunks,
  agrees: Agreement,
  target: string,
  count: AgreedRowsSoFar,
): Chunks {
  const waiting = new Map<string | null, Place[]>();
  const last = new Map<string | null, Place>();
  const isUnfiltered = new Set<string | null>();
  let open: (string | null)[] = [];

  const fill = async () => {
    const batch = await chunks.next();
    const kept = agrees(batch);
    const classes = readTexts(batch.getChild(target) as Vector);
    const hasRoom = open.length < mostWaiting;
    for (const [row, name] of classes.entries()) {
      if (hasRoom) open.push(name);
      last.set(name, { batch, row });
      count.seen++;
      if (!kept[row]) count.disagreed++;
      const own = waiting.get(name) ?? [];
      waiting.set(name, own);
      if ((kept[row] || isUnfiltered.has(name)) && own.length < mostWaiting) {
        own.push({ batch, row });
      }
    }
    return batch.numRows;
  };

  const take = async (name: string | null): Promise<Place> => {
    for (let tried = 0; tried < mostChunks; tried++) {
      const next = waiting.get(name)?.shift();
      if (next) return next;
      await fill();
    }
    if (!isUnfiltered.has(name)) {
      isUnfiltered.add(name);
      count.unfiltered.push(String(name));
    }
    // The place is open because a row of the class was made.
    return last.get(name) as Place;
  };

  return {
    ...chunks,
    async next() {
      const rows = open.length > 0 ? open.length : await fill();
      const places: Place[] = [];
      for (let row = 0; row < rows; row++) places.push(await take(open[row] as string | null));
      open = open.slice(rows);
      return gatherPlaces(places);
    },
  };
}

function gatherPlaces(places: readonly Place[]): RecordBatch {
  const sources = [...new Set(places.map(({ batch }) => batch))];
  const placeOf = new Map(sources.map((batch, source) => [batch, source]));
  const runs = places.map(
    ({ batch, row }): Run => ({ source: placeOf.get(batch) as number, start: row, length: 1 }),
  );
  return gatherRuns((sources[0] as RecordBatch).schema, sources, runs);
}
