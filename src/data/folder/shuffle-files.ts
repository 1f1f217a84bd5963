import { createRandom, type Seed } from '../../random.js';
import type { LabelledFile } from './list-files.js';

/**
 * Puts files in a random order, in place (Fisher and Yates 1938).
 *
 * @param what is shuffled: each kind has an order of its own.
 */
export function shuffleFiles(files: LabelledFile[], seed: Seed, what: string): void {
  const random = createRandom(seed).fork(what);
  for (let last = files.length - 1; last > 0; last--) {
    const other = random.integer(last + 1);
    [files[last], files[other]] = [files[other] as LabelledFile, files[last] as LabelledFile];
  }
}
