/** Tries the recipe for Kafka on a broker: HOST:PORT. Prints what was seen as JSON; fails where it does not hold. */
import assert from 'node:assert/strict';
import { Kafka, logLevel } from 'kafkajs';
import { augmentTopic } from '../kafka.js';

const records = 3000;
const partitions = 2;

const kafka = new Kafka({ brokers: [process.argv[2] ?? ''], logLevel: logLevel.NOTHING });
const [from, to] = [`gan-augment-${process.pid}`, `gan-augment-${process.pid}-augmented`];
const groupId = from;
const admin = kafka.admin();
const producer = kafka.producer();
await Promise.all([admin.connect(), producer.connect()]);
try {
  await admin.createTopics({
    topics: [from, to].map((topic) => ({ topic, numPartitions: partitions })),
    waitForLeaders: true,
  });
  await publish(0, records);
  const options = { from, to, groupId, ratio: 0.3, seed: 1, progress: false } as const;
  const fit = { rows: 1000, steps: 20 };

  const first = await augmentTopic(kafka, { ...options, fit });
  assert.equal(first.real, records);
  assert.equal(first.synthetic, Math.floor((records * 3) / 7));
  assert.deepEqual(await committed(), await ends());

  // What comes later is augmented by the next run, and nothing again.
  await publish(records, 500);
  const second = await augmentTopic(kafka, { ...options, fit: { ...fit, rows: 300 } });
  assert.equal(second.real, 500);

  const published = await readAll(
    to,
    first.real + first.synthetic + second.real + second.synthetic,
  );
  const real = published.filter(({ synthetic }) => !synthetic);
  const numbers = real.map(({ id }) => Number(id)).sort((a, b) => a - b);
  assert.deepEqual(
    numbers,
    Array.from({ length: records + 500 }, (_, k) => k),
  );
  for (const { id, sensor, value, at } of real) {
    assert.deepEqual({ sensor, value, at }, reading(Number(id)).fields);
  }
  const broker = 'Apache Kafka, by its protocol';
  console.log(
    JSON.stringify({
      server: broker,
      real: real.length,
      synthetic: published.length - real.length,
    }),
  );
} finally {
  await admin.deleteTopics({ topics: [from, to] });
  await Promise.all([admin.disconnect(), producer.disconnect()]);
}

function reading(id: number) {
  const value = id % 11 === 0 ? null : id / 7;
  const fields = { sensor: `s${id % 3}`, value, at: new Date(1.7e12 + id * 1000).toISOString() };
  return { id, fields };
}

async function publish(start: number, count: number): Promise<void> {
  const ids = Array.from({ length: count }, (_, k) => start + k);
  for (const partition of Array.from({ length: partitions }, (_, k) => k)) {
    const messages = ids
      .filter((id) => id % partitions === partition)
      .map((id) => ({ partition, value: JSON.stringify({ id, ...reading(id).fields }) }));
    await producer.send({ topic: from, messages });
  }
}

async function ends(): Promise<string[]> {
  const offsets = await admin.fetchTopicOffsets(from);
  return offsets.sort((a, b) => a.partition - b.partition).map(({ high }) => high);
}

async function committed(): Promise<string[]> {
  const [group] = await admin.fetchOffsets({ groupId, topics: [from] });
  const own = [...(group?.partitions ?? [])].sort((a, b) => a.partition - b.partition);
  return own.map(({ offset }) => offset);
}

async function readAll(topic: string, count: number): Promise<Record<string, unknown>[]> {
  const consumer = kafka.consumer({ groupId: `${groupId}-check` });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  const rows: Record<string, unknown>[] = [];
  await new Promise<void>((resolve, reject) => {
    const eachMessage = async ({ message }: { message: { value: Buffer | null } }) => {
      rows.push(JSON.parse(String(message.value)));
      if (rows.length === count) resolve();
    };
    consumer.run({ eachMessage }).catch(reject);
  });
  await consumer.disconnect();
  return rows;
}
