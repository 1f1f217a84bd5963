/**
 * Do the strings of `npm run example:sound` have the pitch that they are asked for? Cents between the
 * pitch of a sound and that of its label, of strings that were not learned, and of the model's.
 *
 * `npm run bench -- strings --model out/sound-specgan-r1`
 */
import { parseArgs } from 'node:util';
import { frequencyOf, pluckedStrings } from '../fixtures/plucked-strings.js';
import { sampleBatches } from '../src/augment/sample-batches.js';
import { readSoundColumn } from '../src/data/sounds/read-column.js';
import { loadModel } from '../src/gan/model/directory.js';
import { pitchOf } from './sound/pitch.js';
import { median } from './statistics.js';

const rate = 8000;

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      model: { type: 'string', default: 'out/sound-specgan-r1' },
      rows: { type: 'string', default: '80' },
    },
  });
  const rows = Number(values.rows);
  const model = await loadModel(values.model);
  const real = pluckedStrings(rows, { samples: 2048, rate, seed: 99 }).map((string) =>
    centsOf(string.values, string.pitch),
  );
  const made: number[] = [];
  for await (const batch of sampleBatches(model, { rows, seed: 11, balance: 'label' })) {
    const sounds = readSoundColumn(batch, 'sound');
    const labels = batch.getChild('label');
    for (let row = 0; row < sounds.rows; row++) {
      made.push(centsOf(sounds.at(row)?.values ?? new Float32Array(0), String(labels?.get(row))));
    }
  }
  console.log(
    '| strings | within 50 cents of their pitch | median distance, cents |\n|---|---|---|',
  );
  for (const [name, cents] of Object.entries({ 'not learned': real, 'of the model': made })) {
    const within = cents.filter((distance) => distance < 50).length;
    console.log(`| ${name} | ${within} of ${rows} | ${median(cents).toFixed(1)} |`);
  }
}

function centsOf(values: Float32Array, pitch: string): number {
  return Math.abs(1200 * Math.log2(pitchOf(values, rate) / frequencyOf(pitch)));
}
