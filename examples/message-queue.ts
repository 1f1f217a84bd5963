/**
 * Augments the records of a message queue, such as a Kafka topic, and publishes them to another one.
 *
 * The source is pulled: the queue is polled when the batch before has been published, and not
 * earlier, and only then are its records committed. So at most one poll is in memory, and after a
 * crash no record is lost; those of the last poll may be published twice.
 */
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
  /** Notes that all records polled so far are dealt with. */
  commit(): Promise<void>;
}

export const readingSchema = new Schema([
  new Field('sensor', new Utf8(), false),
  new Field('value', new Float64(), false),
]);

/** The queue's records as record batches, committed once the next ones are asked for. */
export async function* readings(
  consumer: Consumer,
  most = 500,
  signal?: AbortSignal,
): AsyncGenerator<RecordBatch, void, undefined> {
  for (;;) {
    const records = await consumer.poll(most, signal);
    if (records.length === 0) return;
    yield toBatch(records);
    await consumer.commit();
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

/** Publishes the records with synthetic ones among them, until the queue is closed or a signal says so. */
export async function augmentQueue(
  consumer: Consumer,
  publish: (readings: readonly (Reading & { readonly synthetic: boolean })[]) => Promise<void>,
  options: Omit<AugmentOptions, 'mark'>,
): Promise<void> {
  const source = readings(consumer, 500, options.signal);
  for await (const batch of augmentBatches(source, { ...options, mark: 'synthetic' })) {
    await publish(batch.toArray().map((row) => row.toJSON() as Reading & { synthetic: boolean }));
  }
}
