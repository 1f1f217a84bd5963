import { writeFile } from 'node:fs/promises';
import { createRandom, type Seed } from '../../../../src/random.js';
import type { Specimen } from './corpus.js';
import { judge, type Verdict } from './judge.js';
import { mutate } from './mutate.js';
import { pickFrom } from './pick.js';

/** One damaged file, and what came of reading it. */
export interface Case extends Verdict {
  readonly index: number;
  readonly file: string;
  readonly how: string;
  /** Milliseconds that reading and judging took. */
  readonly time: number;
}

/** Makes damaged file `index` of `seed`, always the same one. */
export function makeCase(corpus: readonly Specimen[], seed: Seed, index: number) {
  const random = createRandom(seed).fork('case', index);
  const [specimen, other] = [pickFrom(corpus, random), pickFrom(corpus, random)];
  return { specimen, ...mutate(specimen.bytes, specimen.format, other.bytes, random) };
}

/** Writes damaged file `index` of `seed` to `stem` and the extension of its original, and reads it. */
export async function runCase(
  corpus: readonly Specimen[],
  seed: Seed,
  index: number,
  stem: string,
): Promise<Case> {
  const { specimen, bytes, how } = makeCase(corpus, seed, index);
  const path = stem + specimen.name.slice(specimen.name.indexOf('.'));
  await writeFile(path, bytes);
  const start = performance.now();
  const verdict = await judge(path, bytes, specimen.format, specimen.original);
  return { index, file: specimen.name, how, ...verdict, time: performance.now() - start };
}
