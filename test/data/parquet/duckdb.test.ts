import * as arrow from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { makeBatch } from '../../../src/data/batches/batch.js';
import { readParquetBatches } from '../../../src/data/parquet/read.js';
import { writeParquetFile } from '../../../src/data/parquet/write.js';
import { FormatError } from '../../../src/errors.js';
import { asyncFrom, collect } from '../support/arbitrary-batches.js';
import { useDirectory } from '../support/directory.js';
import { useDuckDb } from '../support/duckdb.js';

const directory = useDirectory();
const duckdb = useDuckDb();

const columns: [string, arrow.DataType, unknown[], string[]][] = [
  ['i8', new arrow.Int8(), [-128, null, 127], ['-128', 'null', '127']],
  ['u16', new arrow.Uint16(), [0, null, 65535], ['0', 'null', '65535']],
  ['u32', new arrow.Uint32(), [0, null, 4294967295], ['0', 'null', '4294967295']],
  [
    'i64',
    new arrow.Int64(),
    [-(2n ** 63n), null, 2n ** 63n - 1n],
    ['-9223372036854775808', 'null', '9223372036854775807'],
  ],
  ['u64', new arrow.Uint64(), [0n, null, 2n ** 64n - 1n], ['0', 'null', '18446744073709551615']],
  ['f32', new arrow.Float32(), [NaN, null, -Infinity], ['nan', 'null', '-inf']],
  ['f64', new arrow.Float64(), [0.1, null, -0], ['0.1', 'null', '-0.0']],
  ['b', new arrow.Bool(), [true, null, false], ['true', 'null', 'false']],
  ['s', new arrow.Utf8(), ['héllo', null, ''], ['héllo', 'null', '']],
  [
    'd',
    new arrow.Dictionary(new arrow.Utf8(), new arrow.Int8()),
    ['x', null, 'y'],
    ['x', 'null', 'y'],
  ],
  [
    'ms',
    new arrow.TimestampMillisecond(),
    [0, null, 1700000000123],
    ['1970-01-01 00:00:00', 'null', '2023-11-14 22:13:20.123'],
  ],
  [
    'us_utc',
    new arrow.TimestampMicrosecond('UTC'),
    [0, null, 1700000000123],
    ['1970-01-01 00:00:00+00', 'null', '2023-11-14 22:13:20.123+00'],
  ],
  [
    'day',
    new arrow.DateDay(),
    [new Date(0), null, new Date('2024-02-29')],
    ['1970-01-01', 'null', '2024-02-29'],
  ],
  [
    'dec',
    new arrow.Decimal(2, 20, 128),
    [Uint32Array.of(12345, 0, 0, 0), null, new Uint32Array(4).fill(0xffffffff)],
    ['123.45', 'null', '-0.01'],
  ],
  [
    'list',
    new arrow.List(new arrow.Field('item', new arrow.Int32(), true)),
    [[1, 2], null, []],
    ['[1, 2]', 'null', '[]'],
  ],
];

describe('writeParquetFile', () => {
  it('should write what DuckDB reads', async () => {
    const path = directory.fresh('parquet');
    const fields = columns.map(([name, type]) => new arrow.Field(name, type, true));
    const data = columns.map(
      ([, type, values]) => arrow.vectorFromArray(values, type).data[0] as never,
    );
    const batch = makeBatch(new arrow.Schema(fields), data, 3);

    await writeParquetFile(path, asyncFrom([batch]));

    const select = columns.map(([name]) => `coalesce("${name}"::varchar, 'null')`).join(', ');
    const rows = await duckdb.rows(`select ${select} from '${path}'`);
    expect(rows).toEqual([0, 1, 2].map((row) => columns.map(([, , , texts]) => texts[row])));
  });

  it('should write row groups whose statistics lead DuckDB to the right rows', async () => {
    const path = directory.fresh('parquet');
    const field = new arrow.Field('id', new arrow.Int32(), false);
    const word = new arrow.Field('word', new arrow.Utf8(), true);
    const schema = new arrow.Schema([field, word]);
    const batch = (start: number) => {
      const ids = Int32Array.from({ length: 1000 }, (_, k) => start + k);
      const words = Array.from(ids, (id) => `w${String(id).padStart(5, '0')}`);
      const data = [
        arrow.makeVector(ids).data[0],
        arrow.vectorFromArray(words, new arrow.Utf8()).data[0],
      ];
      return makeBatch(schema, data as never, 1000);
    };

    await writeParquetFile(path, asyncFrom([batch(0), batch(1000), batch(2000)]), {
      rowGroupRows: 700,
    });

    const groups = await duckdb.rows(
      `select row_group_num_rows, stats_min_value, stats_max_value, stats_null_count from parquet_metadata('${path}') where path_in_schema = 'id'`,
    );
    expect(groups.map(([rows, min, max]) => [Number(rows), min, max])).toEqual([
      [700, '0', '699'],
      [700, '700', '1399'],
      [700, '1400', '2099'],
      [700, '2100', '2799'],
      [200, '2800', '2999'],
    ]);
    expect(await duckdb.rows(`select word from '${path}' where id = 2345`)).toEqual([['w02345']]);
    expect(await duckdb.rows(`select id from '${path}' where word = 'w02800'`)).toEqual([[2800]]);
    expect(await duckdb.rows(`select count(*), sum(id) from '${path}'`)).toEqual([
      ['3000', '4498500'],
    ]);
  });

  it('should write metadata of the schema where other readers look for it', async () => {
    const path = directory.fresh('parquet');
    const schema = new arrow.Schema(
      [new arrow.Field('a', new arrow.Int32())],
      new Map([['made by', 'us']]),
    );

    await writeParquetFile(
      path,
      asyncFrom([makeBatch(schema, [arrow.makeData({ type: new arrow.Int32() })], 0)]),
    );

    const sql = `select decode(key), decode(value) from parquet_kv_metadata('${path}') where decode(key) <> 'ARROW:schema'`;
    expect(await duckdb.rows(sql)).toEqual([['made by', 'us']]);
    expect(await duckdb.rows(`select count(*) from '${path}'`)).toEqual([['0']]);
  });
});

describe('readParquetBatches', () => {
  const source = `
    select i::integer as i, i * 1000000007 as big, case when i % 7 = 0 then null else 'word ' || (i % 800) end as word,
      (i / 3)::double as d, i % 2 = 0 as even, date '2020-01-01' + i::integer as day,
      timestamp '2020-01-01' + to_seconds(i) as moment, (i / 4)::decimal(18, 3) as price, [i, i + 1] as pair,
      {'x': i, 'y': 'z'} as point, (i % 3)::varchar::enum('0', '1', '2') as kind
    from range(10000) t(i)`;

  it.each([
    ["codec 'snappy'"],
    ["codec 'zstd'"],
    ["codec 'gzip'"],
    ["codec 'uncompressed', dictionary_size_limit 1"],
    ["codec 'lz4_raw'"],
    ["codec 'brotli'"],
  ])('should read what DuckDB writes with %s', async (options) => {
    const path = directory.fresh('parquet');
    await duckdb.run(
      `copy (${source}) to '${path}' (format parquet, row_group_size 2048, ${options})`,
    );

    const batches = await collect(readParquetBatches(path));

    expect(batches.map((batch) => batch.numRows)).toEqual([2048, 2048, 2048, 2048, 1808]);
    const expected = await duckdb.rows(
      `select i, big::varchar, word, d, even, epoch_ms(day), epoch_ms(moment), (price * 1000)::bigint::varchar, pair, point.x, kind from '${path}'`,
    );
    const actual = batches.flatMap((batch) =>
      batch.toArray().map((row) => {
        const { i, big, word, d, even, day, moment, price, pair, point, kind } = row.toJSON();
        return [i, big, word, d, even, day, moment, price, [...pair], point.x, kind].map(String);
      }),
    );
    expect(actual).toEqual(expected.map((row) => row.map(String)));
  });

  const version2 = 'format parquet, parquet_version v2, dictionary_size_limit 1';

  it('should read the encodings of version 2', async () => {
    const path = directory.fresh('parquet');
    await duckdb.run(
      `copy (select i::integer as i, i * i as big, 'w' || i as word, sqrt(i) as d from range(5000) t(i)) to '${path}' (${version2})`,
    );

    const batches = await collect(readParquetBatches(path));

    const expected = await duckdb.rows(`select i, big::varchar, word, d from '${path}'`);
    const rows = batches.flatMap((batch) => batch.toArray().map((row) => row.toJSON()));
    expect(rows.map(({ i, big, word, d }) => [i, String(big), word, d])).toEqual(expected);
  });

  it('should read nested columns in the encodings of version 2, and streams of bytes', async () => {
    const path = directory.fresh('parquet');
    await duckdb.run(
      `copy (select i, case when i % 5 = 0 then null else [i, i + 1] end as list, {'x': i::double, 'y': [{'z': 'w' || i}, null]} as point,
        map {'k' || i % 3: i} as pairs, (i / 3)::float as narrow from range(5000) t(i)) to '${path}' (${version2})`,
    );

    const batches = await collect(readParquetBatches(path));

    const encodings = await duckdb.rows(
      `select distinct encodings from parquet_metadata('${path}') order by 1`,
    );
    const text =
      "i::varchar, coalesce(list::varchar, 'null'), point.x, point.y[1].z, map_keys(pairs)[1], map_values(pairs)[1]::varchar, narrow";
    const expected = await duckdb.rows(`select ${text} from '${path}'`);
    const rows = batches.flatMap((batch) =>
      batch.toArray().map((row) => {
        const { i, list, point, pairs, narrow } = row.toJSON();
        const [[key, value] = []] = [...pairs];
        const shown = list ? `[${[...list].join(', ')}]` : 'null';
        return [String(i), shown, point.x, point.y.get(0).z, key, String(value), narrow];
      }),
    );
    expect(encodings).toEqual([
      ['BYTE_STREAM_SPLIT'],
      ['DELTA_BINARY_PACKED'],
      ['DELTA_LENGTH_BYTE_ARRAY'],
    ]);
    expect(rows).toEqual(expected);
  });

  it('should refuse deltas that the decoder does not know, and say what to do', async () => {
    const path = directory.fresh('parquet');
    await duckdb.run(
      `copy (select ((hash(i) % 4294967296)::bigint - 2147483648)::integer as wild from range(5000) t(i)) to '${path}' (${version2})`,
    );

    const reading = collect(readParquetBatches(path));

    await expect(reading).rejects.toThrow(FormatError);
    await expect(reading).rejects.toThrow(/DELTA_BINARY_PACKED.*Parquet version 1/);
  });
});
