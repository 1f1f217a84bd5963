/**
 * Trains on a device of the engine tfjs and on onnx, compares the losses step by step, and times the
 * steps. Run by build-tfjs-node.sh, in the folder where the packages are installed.
 */
import { fitStream, inspectEngines, readParquet } from 'gan-augment';

const steps = 20;
/**
 * How far a loss may be from the other engine's, relative to the larger of 1 and itself, after so many
 * steps. At first it is rounding alone: 24 bits, sums of some thousands of terms. Then Adam divides each
 * gradient by its own size: one that is zero but for its rounding moves a weight by up to the learning
 * rate, in a direction that depends on the engine; so weights part in proportion to the steps.
 */
const tolerance = (step) => 1e-4 + 1e-3 * step;
const [device] = process.argv.slice(2);

for (const { engine, device, version, available, reason } of await inspectEngines()) {
  console.log(`${engine} ${device}: ${available ? `yes, ${version}` : `no: ${reason}`}`);
}

/** Losses of each step, and the median time of one in ms. */
async function train(options) {
  const losses = [];
  const times = [];
  await fitStream(readParquet('penguins.parquet'), {
    ...options,
    seed: 7,
    steps,
    onStep(step) {
      losses.push(Object.values(step.losses));
      times.push(performance.now());
    },
  });
  // Steps are reported several at a time: what counts is how long all but the first run took.
  const [first, last] = [times[0], times.at(-1)];
  const later = times.filter((time) => time > first + 1).length;
  return { losses, milliseconds: (last - first) / later };
}

const reference = await train({ engine: 'onnx' });
console.log(`onnx cpu: ${reference.milliseconds.toFixed(1)} ms a step`);
let failed = false;
for (const thread of ['worker', 'caller']) {
  try {
    const { losses, milliseconds } = await train({ engine: 'tfjs', device, thread });
    const differences = losses.map((step, k) =>
      Math.max(
        ...step.map((loss, each) => {
          const other = reference.losses[k][each];
          return Math.abs(loss - other) / Math.max(1, Math.abs(loss));
        }),
      ),
    );
    failed ||= differences.length !== steps;
    failed ||= differences.some((difference, step) => !(difference < tolerance(step)));
    const [first, last] = [differences[0], Math.max(...differences)];
    const alike = `losses differ by ${first.toExponential(1)} after a step, by up to ${last.toExponential(1)} in ${steps}`;
    console.log(`tfjs ${device}, ${thread}: ${milliseconds.toFixed(1)} ms a step, ${alike}`);
  } catch (error) {
    failed = true;
    console.log(`tfjs ${device}, ${thread}: ${error.message}`);
  }
}
process.exitCode = failed ? 1 : 0;
