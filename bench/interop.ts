/**
 * Whether pyarrow, Polars and DuckDB (Python) read what this package writes, and the other way
 * round, as do DataFusion (parquet-rs) and Spark (parquet-mr) where they are installed: random batches
 * of every type, compared bit for bit. This package itself writes by parquet-rs.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { writeIpcFile } from '../src/data/ipc/write.js';
import { writeParquetFile } from '../src/data/parquet/write.js';
import { asyncFrom } from '../test/data/support/arbitrary-batches.js';
import { type Case, corpus } from './interop/corpus.js';
import { judgeReader, judgeWriter } from './interop/judge.js';
import { Outcomes } from './interop/outcomes.js';
import { runPeers } from './interop/peers.js';

const compressions = ['zstd', 'snappy', 'uncompressed'] as const;
const formats: Record<string, string> = {
  parquet: 'Parquet',
  arrow: 'Arrow file',
  arrows: 'Arrow stream',
};

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      /** Tables of each type with few rows; as many again have hundreds. Spark takes minutes for each. */
      sets: { type: 'string', default: '1' },
      seed: { type: 'string', default: '1' },
      /** Where the files are kept. */
      keep: { type: 'string' },
    },
  });
  const directory = values.keep ?? (await mkdtemp(join(tmpdir(), 'gan-augment-interop-')));
  try {
    await mkdir(directory, { recursive: true });
    const cases = corpus(Number(values.sets), Number(values.seed));
    const read = new Outcomes('What others read of ours');
    const written = new Outcomes('What we read of others');
    await writeCorpus(directory, cases, read);
    const versions = await exchange(directory, cases, read, written);
    console.log(`${cases.length} random tables, seed ${values.seed}; ${versions}`);
    console.log('✓ equal, ≈ as another type, ✗ other values, ! refused by us, – refused by them\n');
    console.log(read.show());
    console.log(written.show());
  } finally {
    if (!values.keep) await rm(directory, { recursive: true });
  }
}

async function writeCorpus(directory: string, cases: Case[], read: Outcomes): Promise<void> {
  const listed: { name: string; files: string[] }[] = [];
  for (const [index, { name, type, batches }] of cases.entries()) {
    const files = [`${name}.arrow`, `${name}.arrows`, `${name}.parquet`];
    const [file, stream, parquet] = files.map((each) => join(directory, each)) as [
      string,
      string,
      string,
    ];
    await writeIpcFile(file, asyncFrom(batches), { format: 'arrow-file' });
    await writeIpcFile(stream, asyncFrom(batches), { format: 'arrow-stream' });
    const compression = compressions[index % compressions.length] ?? 'zstd';
    await writeParquetFile(parquet, asyncFrom(batches), { compression, rowGroupRows: 100 }).catch(
      ({ message }: Error) => {
        files.pop();
        read.add(type, 'Parquet, as we write it', { end: 'refused by us', why: message });
      },
    );
    listed.push({ name, files });
  }
  await writeFile(join(directory, 'cases.json'), JSON.stringify(listed));
}

function exchange(directory: string, cases: Case[], read: Outcomes, written: Outcomes) {
  const byName = new Map(cases.map((each) => [each.name, each]));
  let done = 0;
  return runPeers(directory, async (line) => {
    const each = byName.get(line.case) as Case;
    if ('reader' in line) {
      const format = formats[line.file.split('.').at(-1) ?? ''];
      read.add(each.type, `${format} by ${line.reader}`, judgeReader(each, line));
    } else {
      written.add(each.type, line.writer, await judgeWriter(directory, each, line));
    }
    if (++done % 1000 === 0) console.error(`${done} exchanges`);
  });
}
