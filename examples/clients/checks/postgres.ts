/** Tries the recipe for PostgreSQL on a server: URL. Prints what was seen as JSON; fails where it does not hold. */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readParquetBatches } from 'gan-augment';
import pg from 'pg';
import { augmentQuery } from '../postgres.js';

const rows = 3000;
const sql = 'select * from gan_augment_orders';

const client = new pg.Client(process.argv[2]);
await client.connect();
const directory = await mkdtemp(join(tmpdir(), 'gan-augment-postgres-'));
const drop = 'drop table if exists gan_augment_orders, gan_augment_orders_augmented';
try {
  await client.query(`${drop};
    create table gan_augment_orders (id bigint, n int, price numeric(12, 2), kind text, day date,
      at timestamptz, local timestamp, flag boolean, x float8, list int[], more jsonb);
    insert into gan_augment_orders select i::bigint * 900719925474099, i % 50,
      case when i % 9 > 0 then i * 1.25 end,
      case i % 7 when 0 then '' when 1 then null else 'kind "' || i % 5 || '", é' end,
      date '2024-01-01' + i % 300, '2024-01-01 10:00:00.123456+02'::timestamptz + i * interval '1 h',
      timestamp '1969-07-20 20:17:40.000001', i % 2 = 0, i / 7.0, array[i % 3, null],
      jsonb_build_object('a', i % 3)
    from generate_series(0, ${rows - 1}) as i`);
  const file = join(directory, 'orders.parquet');
  const options = { ratio: 0.3, seed: 1, fit: { steps: 20 }, progress: false } as const;
  await augmentQuery(client, { sql, file, table: 'gan_augment_orders_augmented', ...options });

  const table = 'gan_augment_orders_augmented';
  const lost =
    await client.query(`${sql} except all select id, n, price, kind, day, at, local, flag,
    x, list, more from ${table} where not synthetic`);
  assert.equal(lost.rowCount, 0, 'real rows come back, every value');
  const counts =
    await client.query(`select count(*)::int as all, count(*) filter (where synthetic)::int
    as synthetic, count(*) filter (where synthetic and price is null)::int as nulls from ${table}`);
  const [{ all, synthetic, nulls }] = counts.rows;
  assert.equal(all - synthetic, rows);
  assert.equal(synthetic, Math.floor((rows * 3) / 7));
  let inFile = 0;
  for await (const { numRows } of readParquetBatches(file)) inFile += numRows;
  assert.equal(inFile, all);

  await client.query(`drop table ${table}`);
  const failing = augmentQuery(client, {
    sql: `${sql} where 1 / (n - 40) < 9`,
    file,
    table,
    ...options,
  });
  await assert.rejects(failing, /division by zero/);
  const left = await client.query("select to_regclass('gan_augment_orders_augmented') as name");
  assert.equal(left.rows[0].name, null, 'a query that fails leaves no table');

  const server = await client.query('show server_version');
  const version = `PostgreSQL ${server.rows[0].server_version}`;
  console.log(JSON.stringify({ server: version, real: rows, synthetic, nulls }));
} finally {
  await client.query(drop);
  await client.end();
  await rm(directory, { recursive: true });
}
