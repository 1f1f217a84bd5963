/**
 * Augments the records of a message queue, such as a Kafka topic, and publishes them to another one:
 * `tsx examples/message-queue.ts` does so with a queue in memory.
 *
 * The source is pulled: the queue is polled when the batch before has been published, and not
 * earlier; while a model is trained, `fit.rows` records are held. A record is committed when it has
 * been published. So after a crash no record is lost; those of the last batch may be published twice.
 */
import { pathToFileURL } from 'node:url';
import {
  Field,
  Float64,
  type RecordBatch,
  Schema,
  Table,
  Utf8,
  vectorFromArray,
} from 'apache-arrow';
import { type AugmentOptions, augmentBatches } from 'gan-augment';

/** A record of the queue: a sensor's reading. */
export interface Reading {
  readonly sensor: string;
  readonly value: number;
}

/** What is needed of a client of a queue; a Kafka consumer has it under other names. */
export interface Consumer {
  /** The next records, once there are some; none when the queue is closed. */
  poll(most: number, signal?: AbortSignal): Promise<readonly Reading[]>;
  /** Notes that the first `count` of the records polled so far are dealt with. */
  commit(count: number): Promise<void>;
}

export const readingSchema = new Schema([
  new Field('sensor', new Utf8(), false),
  new Field('value', new Float64(), false),
]);

/** The queue's records as record batches. */
export async function* readings(
  consumer: Consumer,
  most = 500,
  signal?: AbortSignal,
): AsyncGenerator<RecordBatch, void, undefined> {
  for (;;) {
    const records = await consumer.poll(most, signal);
    if (records.length === 0) return;
    yield toBatch(records);
  }
}

function toBatch(records: readonly Reading[]): RecordBatch {
  const table = new Table(readingSchema, {
    sensor: vectorFromArray(
      records.map(({ sensor }) => sensor),
      new Utf8(),
    ),
    value: vectorFromArray(
      records.map(({ value }) => value),
      new Float64(),
    ),
  });
  return table.batches[0] as RecordBatch;
}

/** A record that goes out, and whether it was made. */
export interface Published extends Reading {
  readonly synthetic: boolean;
}

/** Publishes the records with synthetic ones among them, until the queue is closed or a signal says so. */
export async function augmentQueue(
  consumer: Consumer,
  publish: (readings: readonly Published[]) => Promise<void>,
  options: Omit<AugmentOptions, 'mark' | 'mode'>,
): Promise<void> {
  const source = readings(consumer, 500, options.signal);
  let count = 0;
  for await (const batch of augmentBatches(source, { ...options, mark: 'synthetic' })) {
    const rows = batch.toArray().map((row) => row.toJSON() as Published);
    await publish(rows);
    // Real records come out all, and in order.
    count += rows.filter(({ synthetic }) => !synthetic).length;
    await consumer.commit(count);
  }
}

/** A queue in memory, which is closed when all of its records are polled. */
export function queueOf(records: readonly Reading[]) {
  const state = { polled: 0, committed: 0 };
  const consumer: Consumer = {
    async poll(most) {
      const next = records.slice(state.polled, state.polled + most);
      state.polled += next.length;
      return next;
    },
    async commit(count) {
      state.committed = count;
    },
  };
  return { consumer, state };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const records = Array.from({ length: 3000 }, (_, k) => ({
    sensor: `sensor ${k % 3}`,
    value: (k % 3) * 10 + Math.sin(k),
  }));
  const { consumer, state } = queueOf(records);
  const publish = async (rows: readonly Published[]) => {
    const made = rows.filter(({ synthetic }) => synthetic);
    console.log(`${rows.length - made.length} records and ${made.length} synthetic ones`, made[0]);
  };
  await augmentQueue(consumer, publish, { ratio: 0.3, seed: 1, fit: { rows: 1000, steps: 50 } });
  console.log(`${state.committed} of ${records.length} records committed`);
}
