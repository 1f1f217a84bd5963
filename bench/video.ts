/**
 * How good are clips of a GAN that was trained on Moving MNIST, 16 frames of 32 × 32, one digit a clip?
 * Whether a digit stays the same through its clip, how it moves, and a Fréchet distance in features of
 * random (2+1)-D convolutions, beside real clips, real clips with their frames shuffled, and real clips
 * that the GAN has not seen.
 *
 * `npm run bench -- video --steps 4000 --clips 10000 --picture out/video.png`
 */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { RecordBatch } from 'apache-arrow';
import { sampleBatches } from '../src/augment/sample-batches.js';
import { compile } from '../src/compute/compile.js';
import { imageGrid } from '../src/data/images/grid.js';
import { encodePng } from '../src/data/images/png.js';
import { readTensors } from '../src/data/tensor/read.js';
import { trainClassifier } from '../src/evaluate/image/classifier.js';
import type { Features } from '../src/evaluate/image/distances.js';
import type { RecipeOption } from '../src/gan/families/recipe-option.js';
import { tensorsOf } from '../src/gan/families/tensor/tensors-of.js';
import { videoDimensions } from '../src/gan/families/tensor/video/dimensions.js';
import { randomVideoFeatures } from '../src/gan/families/tensor/video/features.js';
import { fitModel } from '../src/gan/fit/fit.js';
import { scope, unscope } from '../src/nn/scope.js';
import { createRandom } from '../src/random.js';
import { gather, readDigits } from './mnist/digits.js';
import { clipDistance, measureClips, shuffledFrames } from './video/measures.js';
import { clipSchema, frames, movingDigits, side } from './video/moving-digits.js';

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      fit: { type: 'string', default: '{"base":"video"}' },
      steps: { type: 'string', default: '4000' },
      seed: { type: 'string', default: '1' },
      clips: { type: 'string', default: '10000' },
      rows: { type: 'string', default: '1000' },
      picture: { type: 'string' },
    },
  });
  const [steps, clips, rows] = [values.steps, values.clips, values.rows].map(Number) as [
    number,
    number,
    number,
  ];
  const learned = movingDigits(await gather(readDigits('train')), clips, 'learned');
  const unseen = clipsOf([movingDigits(await gather(readDigits('t10k')), rows, 'unseen')]);
  const other = clipsOf([movingDigits(await gather(readDigits('t10k')), rows, 'other')]);
  const before = process.cpuUsage();
  const model = await fitModel(clipSchema, [learned], {
    recipe: JSON.parse(values.fit) as RecipeOption,
    target: 'label',
    seed: Number(values.seed),
    steps,
    patience: false,
    onStep({ step, losses }) {
      if (step % 250 !== 0) return;
      console.error(`step ${step}: ${Object.values(losses).map((loss) => loss.toFixed(3))}`);
    },
    onEvent: (event) => console.error(JSON.stringify(event)),
  });
  const used = process.cpuUsage(before);
  const made: RecordBatch[] = [];
  for await (const batch of sampleBatches(model, { rows, seed: 1 })) made.push(batch);
  const synthetic = clipsOf(made);
  if (values.picture) await draw(synthetic.clips, values.picture);

  const classifier = await trainClassifier(
    { shape: { height: side, width: side, channels: 1 }, ...framesOf(clipsOf([learned])) },
    10,
    { steps: 3000, seed: 1 },
  );
  const random = createRandom('shuffled frames');
  const shuffled = shuffledFrames(unseen.clips, (below) => random.integer(below));
  const real = await featuresOf(unseen.clips);
  const distance = async (each: Float32Array) => clipDistance(real, await featuresOf(each));
  const table = [
    ['real, unseen', unseen, 0],
    ['real, others unseen', other, await distance(other.clips)],
    ['real, frames shuffled', { clips: shuffled, labels: unseen.labels }, await distance(shuffled)],
    ['synthetic', synthetic, await distance(synthetic.clips)],
  ] as const;
  const seconds = (used.user + used.system) / 1e6;
  console.log(
    `${values.fit}: ${steps} steps, ${seconds.toFixed(0)} processor seconds; ${rows} clips each\n`,
  );
  console.log('| clips | same digit | digit as asked | speed | bounces | Fréchet distance |');
  console.log('|---|---|---|---|---|---|');
  for (const [name, set, apart] of table) {
    const { identity, label, speed, speedDeviation, bounces } = await measureClips(
      set.clips,
      set.labels,
      classifier,
    );
    console.log(
      `| ${name} | ${percent(identity)} | ${percent(label)} | ${speed.toFixed(2)} ± ` +
        `${speedDeviation.toFixed(2)} | ${bounces.toFixed(2)} | ${apart.toFixed(4)} |`,
    );
  }
  await classifier.dispose();
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

interface Clips {
  readonly clips: Float32Array;
  readonly labels: Int32Array;
}

function clipsOf(batches: readonly RecordBatch[]): Clips {
  const rows = batches.reduce((sum, { numRows }) => sum + numRows, 0);
  const size = frames * side * side;
  const clips = new Float32Array(rows * size);
  const labels = new Int32Array(rows);
  let row = 0;
  for (const batch of batches) {
    const tensors = readTensors(batch, 'clip');
    for (let k = 0; k < batch.numRows; k++, row++) {
      const values = tensors.at(k) as Uint8Array;
      for (let at = 0; at < size; at++) clips[row * size + at] = (values[at] as number) / 127.5 - 1;
      labels[row] = Number(batch.getChild('label')?.get(k));
    }
  }
  return { clips, labels };
}

/** Each eighth frame with its clip's label. */
function framesOf({ clips, labels }: Clips) {
  const size = side * side;
  const shown = [0, 8];
  const pixels = new Float32Array(labels.length * shown.length * size);
  const codes = new Int32Array(labels.length * shown.length);
  for (let clip = 0; clip < labels.length; clip++) {
    for (const [k, frame] of shown.entries()) {
      const from = (clip * frames + frame) * size;
      const to = clip * shown.length + k;
      pixels.set(clips.subarray(from, from + size), to * size);
      codes[to] = labels[clip] as number;
    }
  }
  return { pixels, labels: codes };
}

async function featuresOf(clips: Float32Array): Promise<Features> {
  const atOnce = 50;
  const size = frames * side * side;
  const network = randomVideoFeatures(videoDimensions([frames, side, side, 1]));
  const program = await compile({
    state: unscope(network.weights, 'features/'),
    inputs: { clips: { shape: [atOnce, frames, side, side, 1], dtype: 'float32' } },
    step: (state, { clips }) => ({
      state,
      outputs: { features: network.apply(scope(state, 'features/'), clips as never) },
    }),
  });
  const parts: number[] = [];
  for (let start = 0; start < clips.length; start += atOnce * size) {
    const { features } = await program.run({ clips: clips.subarray(start, start + atOnce * size) });
    parts.push(...(features?.values ?? []));
  }
  await program.dispose();
  return { values: Float32Array.from(parts), size: 64 };
}

/** Eight clips, one a row, their frames side by side. */
async function draw(clips: Float32Array, path: string): Promise<void> {
  const shown = clips.subarray(0, 8 * frames * side * side);
  const tensors = tensorsOf(shown, [side, side, 1]);
  const picture = imageGrid(tensors, { columns: frames, gap: 1, range: [-1, 1] });
  await writeFile(path, await encodePng(picture));
}
