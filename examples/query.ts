/**
 * Augmented rows in other tools: `npx tsx examples/query.ts`. Penguins become a Parquet and an Arrow
 * file, of which DuckDB, Polars and Arquero each tell how many rows are real and synthetic, and how
 * heavy these are on average.
 */
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';
import { fromArrow, op } from 'arquero';
import {
  type GanAugmentOptions,
  ganAugment,
  readParquet,
  writeArrow,
  writeParquet,
} from 'gan-augment';
import polars from 'nodejs-polars';
import { lastValueFrom } from 'rxjs';

/** Rows of a species that are real, or synthetic. */
export interface Group {
  readonly species: string;
  readonly isSynthetic: boolean;
  readonly rows: number;
  /** Mean body mass in grams. */
  readonly mass: number;
}

const mark = 'is_synthetic';

/** Augments penguins to files in both formats. */
export async function writeBoth(directory: string, options: Omit<GanAugmentOptions, 'mark'>) {
  const paths = {
    parquet: join(directory, 'augmented.parquet'),
    arrow: join(directory, 'augmented.arrow'),
  };
  await mkdir(directory, { recursive: true });
  const penguins = readParquet('fixtures/penguins.parquet');
  await lastValueFrom(penguins.pipe(ganAugment({ ...options, mark }), writeParquet(paths.parquet)));
  await lastValueFrom(readParquet(paths.parquet).pipe(writeArrow(paths.arrow)));
  return paths;
}

/** DuckDB, on the Parquet file. */
export async function askDuckDB(path: string): Promise<Group[]> {
  const instance = await DuckDBInstance.create();
  const connection = await instance.connect();
  const reader = await connection.runAndReadAll(
    `select species, ${mark}, count(*)::int, avg(body_mass_g) from read_parquet($path) group by all`,
    { path },
  );
  const rows = reader.getRows() as [string, boolean, number, number][];
  connection.closeSync();
  instance.closeSync();
  return inOrder(
    rows.map(([species, isSynthetic, count, mass]) => ({
      species,
      isSynthetic,
      rows: count,
      mass,
    })),
  );
}

/** Polars, on the Parquet file. */
export function askPolars(path: string): Group[] {
  const groups = polars
    .readParquet(path)
    .groupBy('species', mark)
    .agg(polars.len().alias('rows'), polars.col('body_mass_g').mean().alias('mass'));
  return inOrder(
    groups.toRecords().map((row) => ({
      species: row.species as string,
      isSynthetic: row[mark] as boolean,
      rows: row.rows as number,
      mass: row.mass as number,
    })),
  );
}

/** Arquero, on the bytes of the Arrow file. */
export async function askArquero(path: string): Promise<Group[]> {
  const groups = fromArrow(await readFile(path))
    .groupby('species', mark)
    .rollup({ rows: op.count(), mass: op.mean('body_mass_g') })
    .rename({ [mark]: 'isSynthetic' });
  return inOrder(groups.objects() as Group[]);
}

function inOrder(groups: readonly Group[]): Group[] {
  return groups.toSorted(
    (a, b) => Number(a.isSynthetic) - Number(b.isSynthetic) || a.species.localeCompare(b.species),
  );
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { parquet, arrow } = await writeBoth('out', { ratio: 0.3, seed: 7 });
  console.log('DuckDB');
  console.table(await askDuckDB(parquet));
  console.log('Polars');
  console.table(askPolars(parquet));
  console.log('Arquero');
  console.table(await askArquero(arrow));
}
