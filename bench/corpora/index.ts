/**
 * Reads every Parquet, Arrow and CSV file below some directories, and holds rows, names and values
 * against what pyarrow, DuckDB and Polars read; also through an augmentation, which has to leave real
 * rows as they are. Fetch apache/parquet-testing and apache/arrow-testing for it.
 *
 *   PYTHON=venv/bin/python npm run bench -- corpora DIRECTORY… [--write]
 */
import { parseArgs } from 'node:util';
import { writeTable } from '../support/write-table.js';
import { findFiles } from './find-files.js';
import { faults, judge, type Verdict } from './judge.js';
import { readByPeers } from './peers.js';
import { corporaTables } from './table.js';
import { watchFiles } from './watch.js';

export async function run(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      seconds: { type: 'string', default: '30' },
      mebibytes: { type: 'string', default: '2048' },
      /** Rows of a file that are compared; the others are counted. */
      rows: { type: 'string', default: '2000' },
      write: { type: 'boolean', default: false },
    },
  });
  const files = positionals.flatMap(findFiles);
  const bounds = {
    seconds: Number(values.seconds),
    mebibytes: Number(values.mebibytes),
    most: Number(values.rows),
  };
  const { versions, readings } = await readByPeers(files, bounds.most, bounds.seconds);
  const verdicts: (Verdict & { path: string; format: string; augmented?: string })[] = [];
  let next = 0;
  for await (const ours of watchFiles(files, bounds)) {
    const file = files[next++] as (typeof files)[number];
    const verdict = judge(ours, readings.get(file.path) ?? new Map());
    const augmented = 'augmented' in ours ? { augmented: ours.augmented ?? '' } : {};
    verdicts.push({ ...file, ...verdict, ...augmented });
  }
  const tables = corporaTables(verdicts, positionals);
  const named = Object.entries(versions).map((each) => each.join(' '));
  console.log(`${files.length} files; against ${named.join(', ')}\n\n${tables}`);
  if (values.write) writeTable('docs/measurements.md', 'bench corpora', tables);
  const isFault = ({ end, augmented }: (typeof verdicts)[number]) =>
    faults.includes(end) || augmented?.startsWith('FAULT');
  if (verdicts.some(isFault)) process.exitCode = 1;
}
