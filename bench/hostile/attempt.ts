/** Loads a model and makes rows of it; says how that ended, and what it took. */
import { sampleBatches } from '../../src/augment/sample-batches.js';
import { GanAugmentError } from '../../src/errors.js';

let outcome = 'made rows';
try {
  for await (const _ of sampleBatches(process.argv[2] as string, { rows: 100 }));
} catch (error) {
  outcome = GanAugmentError.isInstance(error) ? `refused: ${error.code}` : String(error);
}
const { user, system } = process.cpuUsage();
const seconds = (user + system) / 1e6;
const peakMiB = process.resourceUsage().maxRSS / 1024;
console.log(JSON.stringify({ outcome, seconds, peakMiB }));
