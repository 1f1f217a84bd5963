/** Reads files, and says what came of each and how much memory was taken at most: JSON lines on stdout. */
import { readFileSync } from 'node:fs';
import { readFileBatches } from '../../../src/data/read-file.js';

for (const path of process.argv.slice(2)) {
  const outcome = { rows: 0, name: '', message: '', peakMiB: 0, seconds: 0 };
  const start = process.cpuUsage();
  try {
    for await (const { numRows } of readFileBatches(path)) outcome.rows += numRows;
  } catch (error) {
    outcome.name = (error as Error).name;
    outcome.message = (error as Error).message;
  }
  outcome.peakMiB = peakMiB();
  outcome.seconds = process.cpuUsage(start).user / 1e6;
  console.log(JSON.stringify(outcome));
}

function peakMiB(): number {
  try {
    return Number(/VmHWM:\s*(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) / 1024;
  } catch {
    return process.resourceUsage().maxRSS / 1024;
  }
}
