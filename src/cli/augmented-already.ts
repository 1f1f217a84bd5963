import type { RecordBatch } from 'apache-arrow';
import { readProvenance } from '../augment/provenance/provenance.js';
import { rereadableOf, withRereading } from '../data/batches/rereadable.js';
import { type Console, say } from './console.js';

/** Passes batches on, and says once of rows that were augmented before what their metadata tells. */
export function noteAugmented(
  source: AsyncIterable<RecordBatch>,
  console: Console,
): AsyncIterable<RecordBatch> {
  let isKnown = false;
  const note = ({ schema }: RecordBatch) => {
    const line = isKnown ? undefined : describeEarlier(schema.metadata);
    isKnown = true;
    if (line !== undefined) say(console, line);
  };
  const again = rereadableOf(source);
  return withRereading(
    passOn(source, note),
    again && { ...again, read: (request) => passOn(again.read(request), note) },
  );
}

async function* passOn(
  batches: AsyncIterable<RecordBatch>,
  note: (batch: RecordBatch) => void,
): AsyncGenerator<RecordBatch, void, undefined> {
  for await (const batch of batches) {
    note(batch);
    yield batch;
  }
}

function describeEarlier(metadata: Map<string, string>): string | undefined {
  const before = readProvenance(metadata).at(-1);
  if (before === undefined) return undefined;
  const { ratio, model } = before;
  const share = typeof ratio === 'number' ? ratio : JSON.stringify(ratio);
  return (
    `the rows were augmented already, at ratio ${share} by model ${model?.slice(0, 12) ?? 'unknown'}: ` +
    'synthetic rows among them count as real ones'
  );
}
