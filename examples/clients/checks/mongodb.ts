/** Tries the recipe for MongoDB on a server: URL. Prints what was seen as JSON; fails where it does not hold. */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Decimal128, type Document, Long, MongoClient, ObjectId } from 'mongodb';
import { augmentCollection, insertFile } from '../mongodb.js';

const documents = 2000;

const client = await new MongoClient(process.argv[2] ?? '').connect();
const database = client.db(`gan_augment_${process.pid}`);
const directory = await mkdtemp(join(tmpdir(), 'gan-augment-mongodb-'));
try {
  const [from, to] = [database.collection('orders'), database.collection('orders_augmented')];
  const given = Array.from({ length: documents }, (_, k) => order(k));
  await from.insertMany(given);
  const file = join(directory, 'orders.parquet');
  await augmentCollection(from, file, {
    types: { price: 'decimal(12, 2)' },
    ratio: 0.3,
    seed: 1,
    fit: { steps: 20 },
    progress: false,
  });
  await insertFile(file, to);

  const found = await to.find({}, { promoteLongs: false }).toArray();
  const real = found.filter(({ synthetic }) => !synthetic);
  const synthetic = found.filter(({ synthetic }) => synthetic);
  assert.equal(synthetic.length, Math.floor((documents * 3) / 7));
  const byId = new Map(real.map((each) => [String(each._id), each]));
  for (const { _id, ...members } of given) {
    const { _id: own, synthetic, ...others } = byId.get(String(_id)) as Document;
    assert.ok(own instanceof ObjectId && synthetic === false);
    assert.deepEqual(plain(others), plain(members));
  }
  assert.equal(new Set(found.map(({ _id }) => String(_id))).size, found.length);
  for (const { price, big } of synthetic) {
    assert.ok(price === undefined || price instanceof Decimal128);
    assert.ok(big === undefined || big instanceof Long || typeof big === 'number');
  }
  const { version } = await database.command({ buildInfo: 1 });
  const server = `MongoDB's protocol, version ${version}`;
  console.log(JSON.stringify({ server, real: real.length, synthetic: synthetic.length }));
} finally {
  await database.dropDatabase();
  await client.close();
  await rm(directory, { recursive: true });
}

function order(k: number): Document {
  return {
    _id: new ObjectId(),
    ...(k % 9 === 0 ? {} : { price: Decimal128.fromString((k * 1.25).toFixed(2)) }),
    big: Long.fromBigInt(2n ** 60n + BigInt(k)),
    at: new Date(1.7e12 + k),
    address: { city: `city ${k % 4}`, geo: { lat: k / 7 } },
    tags: k % 2 ? ['a', 'b'] : [],
  };
}

/** Values as texts: numbers of BSON are equal where their digits are. */
function plain(document: Document): unknown {
  return JSON.parse(
    JSON.stringify(document, (_, value) =>
      value instanceof Long || value instanceof Decimal128 ? String(value) : value,
    ),
  );
}
