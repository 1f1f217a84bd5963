import { getEnvironmentData, setEnvironmentData } from 'node:worker_threads';

/** Writes a line to stderr, unless this process, or the thread that started this one, has done so. */
export function sayOnce(line: string): void {
  const key = `gan-augment said: ${line}`;
  if (getEnvironmentData(key) !== undefined) return;
  setEnvironmentData(key, true);
  process.stderr.write(`gan-augment: ${line}\n`);
}
