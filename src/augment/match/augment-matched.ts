import { type Data, type RecordBatch, Schema } from 'apache-arrow';
import { makeBatch } from '../../data/batches/batch.js';
import { createRunList, gatherRuns } from '../../data/batches/interleave.js';
import { withClosingMetadata } from '../../data/files/closing-metadata.js';
import type { ColumnMatch } from './match-columns.js';

/** Real rows of the stream that have not come out yet, and how many of the first batch have. */
interface Waiting {
  readonly batches: RecordBatch[];
  used: number;
}

/** What augments rows as a model knows them: it marks those that it makes. */
export type AugmentLearned = (
  source: AsyncIterable<RecordBatch>,
  mark: string,
) => AsyncIterable<RecordBatch>;

/**
 * Augments a stream by a model whose columns match it by name: as the model knows its rows. Real rows
 * come out as they came in, bit for bit, and synthetic ones in the stream's own types.
 *
 * @param mark the column that is to mark synthetic rows, if one is wanted.
 * @param isReplacing Whether synthetic rows take the places of real ones.
 */
export async function* augmentMatched(
  stream: Schema,
  match: ColumnMatch,
  source: AsyncIterable<RecordBatch>,
  augment: AugmentLearned,
  { mark, isReplacing }: { mark: string | undefined; isReplacing: boolean },
): AsyncGenerator<RecordBatch, void, undefined> {
  const waiting: Waiting = { batches: [], used: 0 };
  async function* learned() {
    for await (const batch of source) {
      waiting.batches.push(batch);
      yield match.toLearned(batch);
    }
  }
  let output: Schema | undefined;
  for await (const batch of augment(learned(), mark ?? unusedName(stream, match.learned))) {
    output ??= outputSchema(stream, batch.schema, mark);
    yield restore(batch, output);
  }

  /** A batch of the model's columns and a mark, in the stream's. */
  function restore(batch: RecordBatch, schema: Schema): RecordBatch {
    const marks = batch.data.children.at(-1) as Data;
    const own = makeBatch(match.learned, batch.data.children.slice(0, -1), batch.numRows);
    const synthetic = match.toStream(own);
    const runs = createRunList(batch.numRows);
    const sources = [...waiting.batches];
    let first = 0;
    for (let row = 0; row < batch.numRows; row++) {
      const isSynthetic = isSet(marks, row);
      if (isSynthetic) runs.add(sources.length, row, 1);
      if (isSynthetic && !isReplacing) continue;
      // Batches of no rows have none to give.
      while ((sources[first] as RecordBatch).numRows === waiting.used) {
        first++;
        waiting.used = 0;
      }
      if (!isSynthetic) runs.add(first, waiting.used, 1);
      waiting.used++;
    }
    waiting.batches.splice(0, first);
    const rows = gatherRuns(stream, [...sources, synthetic], runs);
    const columns = mark === undefined ? rows.data.children : [...rows.data.children, marks];
    return makeBatch(schema, columns, batch.numRows);
  }
}

function outputSchema(stream: Schema, augmented: Schema, mark: string | undefined): Schema {
  const marks = mark === undefined ? [] : augmented.fields.slice(-1);
  const schema = new Schema([...stream.fields, ...marks], augmented.metadata, stream.dictionaries);
  return withClosingMetadata(augmented, schema);
}

function unusedName(...schemas: readonly Schema[]): string {
  const taken = new Set(schemas.flatMap(({ names }) => names as string[]));
  let name = 'is_synthetic';
  while (taken.has(name)) name = `${name}_`;
  return name;
}

function isSet({ values, offset }: Data, row: number): boolean {
  const at = offset + row;
  return ((values[at >> 3] >> (at & 7)) & 1) === 1;
}
