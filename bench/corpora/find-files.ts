import { closeSync, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { textFormat } from '../../src/data/formats.js';

/** A data file of a corpus. */
export interface CorpusFile {
  readonly path: string;
  readonly format: 'parquet' | 'arrow-file' | 'arrow-stream' | 'csv';
}

/** The data files below a directory, by their names or what they start with. */
export function findFiles(directory: string): CorpusFile[] {
  const names = readdirSync(directory, { recursive: true, encoding: 'utf8' }).sort();
  return names.flatMap((name) => {
    const path = join(directory, name);
    const format = formatOf(path);
    return format ? [{ path, format }] : [];
  });
}

function formatOf(path: string): CorpusFile['format'] | undefined {
  if (textFormat(path) === 'csv') return 'csv';
  if (path.endsWith('.parquet')) return 'parquet';
  if (path.endsWith('.arrow_file')) return 'arrow-file';
  if (path.endsWith('.stream')) return 'arrow-stream';
  const head = startOf(path);
  if (head.startsWith('PAR1')) return 'parquet';
  if (head.startsWith('ARROW1')) return 'arrow-file';
  // Messages of files that fuzzers found begin with anything.
  return path.includes('ipc-stream-fuzz') ? 'arrow-stream' : undefined;
}

function startOf(path: string): string {
  const bytes = Buffer.alloc(6);
  try {
    const file = openSync(path, 'r');
    try {
      readSync(file, bytes, 0, bytes.length, 0);
    } finally {
      closeSync(file);
    }
  } catch {
    // A directory.
  }
  return bytes.toString('latin1');
}
