import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll } from 'vitest';

/** A DuckDB in memory for the tests of a file: another reader and writer of Parquet. */
export function useDuckDb() {
  let connection: DuckDBConnection;
  beforeAll(async () => {
    const instance = await DuckDBInstance.create(':memory:');
    connection = await instance.connect();
    // Its cache would show an old file under a path that is written again.
    await connection.run('set enable_external_file_cache = false');
    await connection.run("set timezone = 'UTC'");
  });
  afterAll(() => connection.closeSync());
  return {
    run: async (sql: string) => {
      await connection.run(sql);
    },
    /** Rows as values of DuckDB's own. */
    values: async (sql: string) => (await connection.runAndReadAll(sql)).getRows(),
    rows: async (sql: string) => (await connection.runAndReadAll(sql)).getRowsJson() as unknown[][],
  };
}
