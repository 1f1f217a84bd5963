/** Reads a file, and says what came of it and how much memory it took at most: JSON on stdout. */
import { readFileSync } from 'node:fs';
import { readFileBatches } from '../../../src/data/read-file.js';

const outcome = { rows: 0, name: '', message: '', peakMiB: 0 };
try {
  for await (const { numRows } of readFileBatches(process.argv[2] as string))
    outcome.rows += numRows;
} catch (error) {
  outcome.name = (error as Error).name;
  outcome.message = (error as Error).message;
}
outcome.peakMiB = peakMiB();
console.log(JSON.stringify(outcome));

function peakMiB(): number {
  try {
    return Number(/VmHWM:\s*(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) / 1024;
  } catch {
    return process.resourceUsage().maxRSS / 1024;
  }
}
