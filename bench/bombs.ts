/**
 * Reads small files that would become gigabytes, or take for ever: how much processor time each takes,
 * the least of a few rounds, as other work makes all of it slower; and how much memory the process that
 * reads them one after the other has meanwhile, at most.
 */
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeBombs, type Outcome, readBombs } from '../test/data/bombs/bombs.js';

const limits = { seconds: 1, mebibytes: 300 };
const rounds = 3;

export async function run(): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'gan-augment-bombs-'));
  try {
    const bombs = await makeBombs(directory);
    const all: Map<string, Outcome>[] = [];
    for (let round = 0; round < rounds; round++) all.push(await readBombs(bombs));
    console.log('| file | bytes | s | peak MiB | what is said |\n|---|---|---|---|---|');
    for (const { name, path } of bombs) {
      const own = all.map((outcomes) => outcomes.get(name) as Outcome);
      const seconds = Math.min(...own.map((outcome) => outcome.seconds));
      const mebibytes = Math.max(...own.map(({ peakMiB }) => peakMiB));
      const { message } = own[0] as Outcome;
      const said =
        message.replace(path, 'FILE').replace('ganAugment: ', '') || 'nothing: it is read';
      const { size } = await stat(path);
      console.log(
        `| ${name} | ${size} | ${seconds.toFixed(2)} | ${mebibytes.toFixed(0)} | ${said} |`,
      );
      if (seconds > limits.seconds || mebibytes > limits.mebibytes) process.exitCode = 1;
    }
  } finally {
    await rm(directory, { recursive: true });
  }
}
