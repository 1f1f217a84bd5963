import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** The values of the column, or why there are none. */
export type Read = { rows: unknown[]; family: string } | { error: string };

/** A file of ours as another library reads it, or a file that another library wrote. */
export type Line =
  | ({ case: string; reader: string; file: string } & Read)
  | {
      case: string;
      writer: string;
      file: string;
      error?: string;
      /** What pyarrow reads of the file, where that is not what was to be written. */
      back?: Read;
    };

/**
 * Has the libraries of Python read the corpus in a directory, and write it again.
 *
 * @returns which libraries they are.
 * @throws Error if Python, or pyarrow, is not there.
 */
export async function runPeers(
  directory: string,
  take: (line: Line) => Promise<void>,
): Promise<string> {
  const script = fileURLToPath(new URL('../peers/interop', import.meta.url));
  const python = process.env.PYTHON ?? 'python3';
  // Polars tells of every panic, which is but a type it does not have.
  const env = { ...process.env, RUST_BACKTRACE: '0' };
  const child = spawn(python, [script, directory], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let errors = '';
  child.stderr.on('data', (data) => {
    errors = `${errors}${data}`.slice(-2000);
  });
  const ended = new Promise<number | string | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve(signal ?? code));
  });
  ended.catch(() => {});
  let versions = '';
  let last = 'nothing';
  for await (const text of createInterface({ input: child.stdout })) {
    const line = JSON.parse(text);
    last = JSON.stringify({ ...line, rows: undefined, back: undefined });
    if (line.versions) {
      versions = Object.entries(line.versions)
        .map((each) => each.join(' '))
        .join(', ');
    } else await take(line);
  }
  const code = await ended;
  if (code !== 0)
    throw new Error(`${python} ended with ${code} after ${last}: is pyarrow installed? ${errors}`);
  return versions;
}
