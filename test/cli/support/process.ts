import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterEach } from 'vitest';
import { compiledPath } from '../../support/compiled.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const children = new Set<ChildProcessWithoutNullStreams>();

// One that a failed test left running.
afterEach(() => {
  for (const child of children) child.kill('SIGKILL');
});

/** Starts the command line as a process of its own. */
export function start(...args: string[]) {
  const child = spawn(process.execPath, [compiledPath('cli/main.js'), ...args], {
    cwd: root,
  });
  children.add(child);
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  // Whoever writes to a process that has ended is told so.
  child.stdin.on('error', () => {});
  const ended = once(child, 'close').then(([code, signal]) => {
    children.delete(child);
    return { code: code as number | null, signal: signal as string | null, stderr };
  });
  return { child, ended, stderr: () => stderr };
}

/** Starts the command line and gives it no input. */
export function finish(...args: string[]) {
  const { child, ended } = start(...args);
  child.stdin.end();
  child.stdout.resume();
  return ended;
}

/** Waits until something holds. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 20));
}

/** Waits until an output file is begun: under a hidden name, next to where it will be. */
export function untilBegun(folder: string): Promise<void> {
  return until(async () => (await readdir(folder)).some((name) => name.endsWith('.tmp')));
}
