/** Copies a Parquet file by DuckDB: INPUT OUTPUT THREADS */
import { DuckDBInstance } from '@duckdb/node-api';
import { reportWork } from '../support/run-child.js';

const [input = '', output = '', threads = '1'] = process.argv.slice(2);
const instance = await DuckDBInstance.create(':memory:', { threads });
const connection = await instance.connect();
const start = performance.now();
const result = await connection.run(
  `copy (select * from read_parquet('${input}')) to '${output}'
   (format parquet, codec 'zstd', compression_level 1, row_group_size 131072)`,
);
reportWork(result.rowsChanged, start);
