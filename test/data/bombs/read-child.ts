/**
 * Reads files, and says what came of each and how much memory the process has had at most meanwhile: JSON
 * lines on stdout. Where that cannot be told for each by itself, it is told of all up to then.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { readFileBatches } from '../../../src/data/read-file.js';

for (const path of process.argv.slice(2)) {
  const outcome = { rows: 0, name: '', message: '', peakMiB: 0, seconds: 0 };
  forgetPeak();
  const start = process.cpuUsage();
  try {
    for await (const { numRows } of readFileBatches(path)) outcome.rows += numRows;
  } catch (error) {
    outcome.name = (error as Error).name;
    outcome.message = (error as Error).message;
  }
  outcome.peakMiB = peakMiB();
  const { user, system } = process.cpuUsage(start);
  outcome.seconds = (user + system) / 1e6;
  console.log(JSON.stringify(outcome));
}

function forgetPeak(): void {
  globalThis.gc?.();
  try {
    // Sets the highest resident size back to that of now, on Linux.
    writeFileSync('/proc/self/clear_refs', '5');
  } catch {}
}

function peakMiB(): number {
  try {
    return Number(/VmHWM:\s*(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) / 1024;
  } catch {
    return process.resourceUsage().maxRSS / 1024;
  }
}
