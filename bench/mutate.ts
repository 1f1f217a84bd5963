/**
 * Reads damaged Parquet, Arrow IPC, CSV and JSON lines files: bits flipped, bytes changed, cut, moved
 * and mixed, lies about lengths, counts and offsets that their formats understand, and in texts quotes,
 * delimiters and the like where they should not be.
 *
 * Each case is to end in an error of this package, or in data: with the schema and as many rows as
 * the damaged file itself claims, and arrays that do not contradict themselves. (No format has to
 * carry checksums: a value that was changed within a data page comes back changed.) A crash, a
 * hang, another error, lost rows and too much memory are faults; each has a number with which it can
 * be run again.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { DuckDBInstance } from '@duckdb/node-api';
import { makeCorpus } from '../test/data/support/malformed/corpus.js';
import { goodOutcomes } from '../test/data/support/malformed/judge.js';
import { type Case, watchCases } from './support/watch-cases.js';

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      cases: { type: 'string', default: '100000' },
      first: { type: 'string', default: '0' },
      seed: { type: 'string', default: 'mutate' },
      processes: { type: 'string', default: '2' },
      /** Which files are damaged, as a pattern of their names; other ones are other cases. */
      files: { type: 'string', default: '' },
      /** Bounds of a case; the process itself, before any, takes about 150 MiB. */
      seconds: { type: 'string', default: '20' },
      mebibytes: { type: 'string', default: '1024' },
    },
  });
  const [cases, first] = [Number(values.cases), Number(values.first)];
  const processes = Number(values.processes);
  const bounds = { seconds: Number(values.seconds), mebibytes: Number(values.mebibytes) };
  const directory = await mkdtemp(join(tmpdir(), 'gan-augment-mutate-'));
  try {
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    const corpus = await makeCorpus(directory, (sql) => connection.run(sql));
    const pattern = new RegExp(values.files);
    const names = corpus.map(({ name }) => name).filter((name) => pattern.test(name));
    const tally = new Tally(cases);
    const share = Math.ceil(cases / processes);
    const ranges = Array.from({ length: processes }, (_, k) => ({
      first: first + k * share,
      count: Math.min(share, cases - k * share),
    }));
    const child = new URL('./mutate/child.ts', import.meta.url);
    const childArgs = [directory, values.seed, ...names];
    await Promise.all(
      ranges.map((range) => watchCases(child, childArgs, range, bounds, (o) => tally.add(o))),
    );
    tally.print(
      `${names.length} files${values.files && ` (${values.files})`}, seed '${values.seed}', cases from ${first} on`,
      bounds,
    );
    if (tally.faults > 0) process.exitCode = 1;
  } finally {
    await rm(directory, { recursive: true });
  }
}

const formats = ['parquet', 'arrow', 'arrows', 'csv', 'jsonl'] as const;

/** The format of a file by its name; of a case that ended its process none is known. */
function formatOf(file: string): string {
  const extension = file.replace(/\.gz$/, '').split('.').at(-1) || 'unknown';
  return { tsv: 'csv', ndjson: 'jsonl' }[extension] ?? extension;
}

class Tally {
  faults = 0;
  private readonly counts = new Map<string, Map<string, number>>();
  private done = 0;
  private slowest = 0;
  constructor(private readonly cases: number) {}

  add({ index, file, how, outcome, detail, time }: Case): void {
    const format = formatOf(file);
    const row = this.counts.get(outcome) ?? new Map<string, number>();
    this.counts.set(outcome, row.set(format, (row.get(format) ?? 0) + 1));
    this.slowest = Math.max(this.slowest, time);
    if (!goodOutcomes.includes(outcome)) {
      this.faults++;
      console.error(`case ${index} (${how} of ${file}): ${outcome}: ${detail}`);
    }
    if (++this.done % 5000 === 0) console.error(`${this.done} of ${this.cases}`);
  }

  print(what: string, { seconds, mebibytes }: { seconds: number; mebibytes: number }): void {
    console.log(`${this.done} damaged files: ${what}; bounds ${seconds} s, ${mebibytes} MiB\n`);
    console.log(`| outcome | ${formats.join(' | ')} |`);
    console.log(`|---|${'---|'.repeat(formats.length)}`);
    const faults = ['wrong error', 'malformed', 'lost rows', 'crash', 'hang', 'too much memory'];
    for (const outcome of [...goodOutcomes, ...faults]) {
      const row = this.counts.get(outcome);
      const numbers = formats.map((format) => row?.get(format) ?? 0);
      const others = row?.get('unknown') ?? 0;
      console.log(`| ${outcome} | ${numbers.join(' | ')} |${others ? ` and ${others}` : ''}`);
    }
    console.log(`\nThe slowest took ${(this.slowest / 1000).toFixed(2)} s.`);
  }
}
