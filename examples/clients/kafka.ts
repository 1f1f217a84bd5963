/**
 * Augments the records of a Kafka topic, JSON objects, into another topic:
 * `tsx kafka.ts localhost:9092 readings readings-augmented`
 *
 * A batch is taken when the one before has been published, so that the broker is what holds the
 * records; its offsets are committed when its records have been published. So after a crash no record
 * is lost; those of the last batches may be published twice. While a model is trained, `fit.rows`
 * records are held, and the group is told that this member lives.
 */
import { setTimeout } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import type { RecordBatch, Schema } from 'apache-arrow';
import { type AugmentOptions, augmentBatches, plainRows, rowBatches } from 'gan-augment';
import { type EachBatchPayload, Kafka, logLevel } from 'kafkajs';

/** What is augmented, and where to. */
export interface TopicOptions extends Omit<AugmentOptions, 'mark' | 'mode' | 'placement'> {
  readonly from: string;
  readonly to: string;
  readonly groupId: string;
  /** Columns of the records. Default: what the first batch shows. */
  readonly schema?: Schema | undefined;
}

/** Records of one partition that were taken, and what tells Kafka that they are dealt with. */
interface Taken {
  readonly rows: readonly object[];
  readonly commit: (count: number) => Promise<void>;
}

/** Milliseconds between signs of life, while a batch waits to be taken. */
const heartbeat = 2000;

/**
 * Augments a topic until all is published that was in it when this started, and gives how many records
 * and how many synthetic ones were published.
 */
export async function augmentTopic(
  kafka: Kafka,
  { from, to, groupId, schema, ...options }: TopicOptions,
): Promise<{ real: number; synthetic: number }> {
  const consumer = kafka.consumer({ groupId });
  const producer = kafka.producer({ idempotent: true });
  const counts = { real: 0, synthetic: 0 };
  await Promise.all([consumer.connect(), producer.connect()]);
  const handOver = createHandOver<Taken>();
  try {
    const left = await missingRecords(kafka, from, groupId);
    await consumer.subscribe({ topic: from, fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      eachBatch: (payload) => giveBatch(payload, handOver, consumer.commitOffsets),
    });
    /** Batches that are not yet published whole, the oldest first. */
    const open: (Taken & { published: number })[] = [];
    const source = takeBatches(handOver, left, schema, (taken) =>
      open.push({ ...taken, published: 0 }),
    );
    for await (const batch of augmentBatches(source, { ...options, mark: 'synthetic' })) {
      const rows: { synthetic: boolean }[] = [];
      for await (const row of plainRows(one(batch))) rows.push(row as never);
      await producer.send({
        topic: to,
        messages: rows.map((row) => ({ value: JSON.stringify(row, plainJson) })),
      });
      // Real records come out all, and in order.
      let real = rows.filter(({ synthetic }) => !synthetic).length;
      counts.real += real;
      counts.synthetic += rows.length - real;
      while (real > 0) {
        const oldest = open[0] as Taken & { published: number };
        const own = Math.min(real, oldest.rows.length - oldest.published);
        oldest.published += own;
        real -= own;
        await oldest.commit(oldest.published);
        if (oldest.published === oldest.rows.length) open.shift();
      }
    }
    return counts;
  } finally {
    handOver.close();
    await Promise.all([consumer.disconnect(), producer.disconnect()]);
  }
}

/** How many records the group has not dealt with yet. */
async function missingRecords(kafka: Kafka, topic: string, groupId: string): Promise<number> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    const [ends, [group]] = await Promise.all([
      admin.fetchTopicOffsets(topic),
      retry(() => admin.fetchOffsets({ groupId, topics: [topic] })),
    ]);
    const dealtWith = new Map(group?.partitions.map((each) => [each.partition, each.offset]));
    return ends.reduce((sum, { partition, low, high }) => {
      const start = Math.max(Number(dealtWith.get(partition) ?? 0), Number(low));
      return sum + Number(high) - start;
    }, 0);
  } finally {
    await admin.disconnect();
  }
}

/** Tries again what the broker says may work later, as it does of the first group that it ever sees. */
async function retry<Result>(action: () => Promise<Result>, tries = 20): Promise<Result> {
  try {
    return await action();
  } catch (error) {
    if (tries <= 1 || (error as { retriable?: boolean }).retriable !== true) throw error;
    await setTimeout(500);
    return retry(action, tries - 1);
  }
}

/** Gives a batch of Kafka to whoever takes it, and waits until it has been taken. */
async function giveBatch(
  { batch, heartbeat: beat, isRunning, isStale, resolveOffset }: EachBatchPayload,
  handOver: HandOver<Taken>,
  commitOffsets: (offsets: { topic: string; partition: number; offset: string }[]) => Promise<void>,
): Promise<void> {
  const { topic, partition, messages } = batch;
  if (!isRunning() || isStale() || messages.length === 0) return;
  const rows = messages.map(({ value }) => JSON.parse(String(value)) as object);
  const commit = (count: number) => {
    const next = BigInt(messages[count - 1]?.offset ?? 0) + 1n;
    return commitOffsets([{ topic, partition, offset: String(next) }]);
  };
  const alive = setInterval(() => void beat().catch(() => {}), heartbeat);
  try {
    await handOver.give({ rows, commit });
    resolveOffset(batch.lastOffset());
  } finally {
    clearInterval(alive);
  }
}

/** The batches as record batches of one schema, until so many records have come. */
async function* takeBatches(
  handOver: HandOver<Taken>,
  records: number,
  told: Schema | undefined,
  onTaken: (taken: Taken) => void,
): AsyncGenerator<RecordBatch, void, undefined> {
  let schema = told;
  for (let left = records; left > 0; ) {
    const taken = await handOver.take();
    onTaken(taken);
    left -= taken.rows.length;
    for await (const batch of rowBatches(taken.rows, { schema })) {
      schema ??= batch.schema;
      yield batch;
    }
  }
}

/** Hands values from one who is called to one who asks: nothing is given before it is asked for. */
interface HandOver<Value> {
  give(value: Value): Promise<void>;
  take(): Promise<Value>;
  /** Lets whoever still gives go on, in vain. */
  close(): void;
}

function createHandOver<Value>(): HandOver<Value> {
  const askers: ((value: Value) => void)[] = [];
  const givers: { value: Value; done: () => void }[] = [];
  return {
    give: (value) =>
      new Promise((done) => {
        const asker = askers.shift();
        if (asker) {
          asker(value);
          done();
        } else givers.push({ value, done });
      }),
    take: () =>
      new Promise((resolve) => {
        const giver = givers.shift();
        if (giver) {
          giver.done();
          resolve(giver.value);
        } else askers.push(resolve);
      }),
    close() {
      for (const { done } of givers.splice(0)) done();
    },
  };
}

/** Whole numbers that JavaScript cannot hold become texts. */
function plainJson(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}

async function* one<Value>(value: Value) {
  yield value;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [broker, from, to] = process.argv.slice(2);
  if (!broker || !from || !to) throw new Error('usage: tsx kafka.ts HOST:PORT FROM TO');
  const kafka = new Kafka({ brokers: [broker], logLevel: logLevel.ERROR });
  const counts = await augmentTopic(kafka, {
    from,
    to,
    groupId: `augment-${from}`,
    ratio: 0.3,
    seed: 1,
    fit: { rows: 1000, steps: 200 },
  });
  console.log(JSON.stringify(counts));
}
