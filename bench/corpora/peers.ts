import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { CorpusFile } from './find-files.js';
import type { Reading } from './reading.js';

/** What the libraries of Python make of some files, by path and reader; and which they are. */
export async function readByPeers(files: readonly CorpusFile[], most: number, seconds: number) {
  const script = fileURLToPath(new URL('../peers/corpora.py', import.meta.url));
  const python = process.env.PYTHON ?? 'python3';
  const child = spawn(python, [script, String(most), String(seconds)], {
    env: { ...process.env, RUST_BACKTRACE: '0' },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  child.stdin.end(files.map((file) => `${JSON.stringify(file)}\n`).join(''));
  const readings = new Map<string, Map<string, Reading>>();
  let versions: Record<string, string> = {};
  for await (const line of createInterface({ input: child.stdout })) {
    const { versions: told, path, reader, ...reading } = JSON.parse(line);
    if (told) versions = told;
    else readings.set(path, (readings.get(path) ?? new Map()).set(reader, reading));
  }
  if (Object.keys(versions).length === 0) {
    throw new Error(`${python} needs pyarrow, duckdb and polars: set PYTHON`);
  }
  return { versions, readings };
}
