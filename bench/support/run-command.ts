import { type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** How a command ended, and what it wrote. */
export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command to its end, however that is, while this process goes on. */
export async function runCommand(
  program: string,
  args: readonly string[],
  options: SpawnOptions = {},
): Promise<Ran> {
  const folder = mkdtempSync(join(tmpdir(), 'gan-augment-command-'));
  // Node.js ends before a pipe has taken more than a megabyte of a last error: a bundle's one line of code.
  const errors = join(folder, 'stderr');
  const file = openSync(errors, 'w');
  try {
    const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', file] });
    let stdout = '';
    child.stdout?.on('data', (data) => {
      stdout += data;
    });
    const [status] = await once(child, 'close');
    return { status, stdout, stderr: readFileSync(errors, 'utf8') };
  } finally {
    closeSync(file);
    rmSync(folder, { recursive: true });
  }
}
