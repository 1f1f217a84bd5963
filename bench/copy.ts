/**
 * How fast a Parquet file becomes another one: copied by this package, by DuckDB and by Polars, and
 * augmented at ratio 0.3 by a loaded model. Every copy is a process of its own, one after the other
 * in each round; all write zstd of level 1 and row groups of 131,072 rows. Only this package waits
 * until its output is on the disk (fsync).
 */
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { median, show } from './statistics.js';
import { mixedFile } from './support/mixed-file.js';
import { modelOf } from './support/model-of.js';
import { buildPackage, runChild, runScript, type Work } from './support/run-child.js';

interface Contender {
  readonly name: string;
  run(output: string): Promise<Work>;
}

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      rows: { type: 'string', default: '2000000' },
      rounds: { type: 'string', default: '5' },
      /** Where the input is kept for the next run; by default it is made anew. */
      directory: { type: 'string' },
    },
  });
  buildPackage();
  const directory = await mkdtemp(join(tmpdir(), 'gan-augment-copy-'));
  try {
    const input = await mixedFile(values.directory ?? directory, Number(values.rows));
    const model = await modelOf(input, join(directory, 'model'));
    await compare(contenders(input, model), join(directory, 'output.parquet'), {
      rounds: Number(values.rounds),
      input: await stat(input),
      rows: Number(values.rows),
    });
  } finally {
    await rm(directory, { recursive: true });
  }
}

function contenders(input: string, model: string): Contender[] {
  const ours = new URL('./copy/ours.mjs', import.meta.url);
  const duckdb = new URL('./copy/duckdb.ts', import.meta.url);
  const polars = new URL('./peers/polars_copy.py', import.meta.url).pathname;
  const python = process.env.PYTHON ?? 'python3';
  return [
    { name: 'this package, copy', run: (output) => runScript(ours, [input, output]) },
    {
      name: 'the same on the calling thread alone',
      run: (output) => runScript(ours, [input, output], { GAN_AUGMENT_BENCH_THREADS: '0' }),
    },
    {
      name: 'this package, augmented at 0.3',
      run: (output) => runScript(ours, [input, output, model]),
    },
    ...['1', '2'].flatMap((threads) => [
      {
        name: `DuckDB, ${threads} thread${threads === '1' ? '' : 's'}`,
        run: (output: string) => runScript(duckdb, [input, output, threads]),
      },
      {
        name: `Polars, ${threads} thread${threads === '1' ? '' : 's'}`,
        run: (output: string) =>
          runChild(python, [polars, input, output], { POLARS_MAX_THREADS: threads }),
      },
    ]),
  ];
}

async function compare(
  all: readonly Contender[],
  output: string,
  { rounds, input, rows }: { rounds: number; input: { size: number }; rows: number },
): Promise<void> {
  const results = new Map<string, (Work & { bytes: number })[]>();
  const absent = new Map<string, string>();
  for (let round = 0; round < rounds; round++) {
    for (const { name, run } of all) {
      if (absent.has(name)) continue;
      try {
        const work = await run(output);
        const { size: bytes } = await stat(output);
        results.set(name, [...(results.get(name) ?? []), { ...work, bytes }]);
        console.error(`round ${round + 1}, ${name}: ${work.seconds.toFixed(2)} s`);
      } catch (error) {
        absent.set(name, lastLine(error));
      }
      await rm(output, { force: true });
    }
  }
  const seconds = (name: string) => (results.get(name) ?? []).map((work) => work.seconds);
  const plain = median(seconds(all[0]?.name ?? ''));
  console.log(
    `${rows} rows × 15 columns, ${(input.size / 1e6).toFixed(0)} MB; ${rounds} rounds; ` +
      `${availableParallelism()} cores, ${cpus()[0]?.model}; Node ${process.version}\n`,
  );
  console.log(
    '| | s, mean ± sd | million rows read/s | rows out | time ÷ our copy | peak MiB | MB |',
  );
  console.log('|---|---|---|---|---|---|---|');
  for (const { name } of all) {
    const works = results.get(name) ?? [];
    if (absent.has(name) || works.length === 0) {
      console.log(`| ${name} | not run: ${absent.get(name)} | | | | | |`);
      continue;
    }
    const peak = Math.max(...works.map(({ peakMiB }) => peakMiB));
    const middle = median(seconds(name));
    console.log(
      `| ${name} | ${show(seconds(name), 2)} | ${(rows / middle / 1e6).toFixed(2)} ` +
        `| ${works[0]?.rows} | ${(middle / plain).toFixed(2)} | ${peak.toFixed(0)} ` +
        `| ${((works[0]?.bytes ?? 0) / 1e6).toFixed(0)} |`,
    );
  }
}

function lastLine(error: unknown): string {
  return (
    String((error as Error).message ?? error)
      .trim()
      .split('\n')
      .at(-1) ?? ''
  );
}
