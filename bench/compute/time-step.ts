/** Times a step on an engine, in a process of its own: MODEL ENGINE DEVICE THREADS STEPS. */
import { compile } from '../../src/compute/compile.js';
import { feedOfStep } from '../../src/compute/program.js';
import { mapEntries, sizeOf } from '../../src/compute/tensor.js';
import { createRandom } from '../../src/random.js';
import { peakMiB } from '../support/run-child.js';
import { type StepName, steps } from './steps.js';

/** As in training. */
const stepsPerRun = 8;
const [name, engine, device, threads, wanted] = process.argv.slice(2) as [
  StepName,
  'onnx' | 'tfjs',
  'cpu' | 'wasm',
  string,
  string,
];
const { inputs, state, step, fill } = steps[name];
const count = engine === 'onnx' ? stepsPerRun : 1;
const random = createRandom(1);
const program = await compile(
  { step, state: state(random), inputs },
  { engine, device, ...(engine === 'onnx' && { threads: Number(threads) }) },
);
const feed = mapEntries(inputs, ({ shape }) => new Float32Array(count * sizeOf(shape)));
const ms: number[] = [];
// The first run is a warm-up.
for (let done = -count; done < Number(wanted); done += count) {
  const start = performance.now();
  for (let k = 0; k < count; k++) {
    fill(feedOfStep(inputs, feed, k), random.fork(String(done), String(k)));
  }
  await program.run(feed, count);
  if (done >= 0) ms.push((performance.now() - start) / count);
}
await program.dispose();
console.log(JSON.stringify({ ms, peakMiB: peakMiB() }));
