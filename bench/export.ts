/**
 * Whether an exported generator works elsewhere: Python's onnx checks the file, Python's onnxruntime
 * runs it for several sizes of a batch, and Python decodes its rows by the metadata alone. All of it
 * is compared with what this package makes from the same noise.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openOnnx } from '../src/compute/onnx/open-onnx.js';
import type { Feed } from '../src/compute/program.js';
import { mapEntries, sizeOf } from '../src/compute/tensor.js';
import { fitModel } from '../src/gan/fit/fit.js';
import { generatorOf } from '../src/gan/model/generator-of.js';
import type { Model } from '../src/gan/model/model.js';
import { fillNoise } from '../src/nn/step-inputs.js';
import { createRandom } from '../src/random.js';
import { adultLike, adultLikeSchema } from './support/adult-like.js';
import { plainColumns } from './support/plain-columns.js';
import { runChild } from './support/run-child.js';

const sizes = [1, 7, 256, 1000];

/** What the script in Python reports. */
interface Report {
  readonly versions: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly batches: readonly { rows: number; difference: number; columns: string[] }[];
  readonly problems: readonly string[];
}

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { steps: { type: 'string', default: '20' } } });
  const directory = await mkdtemp(join(tmpdir(), 'gan-augment-export-'));
  try {
    const batches = [];
    for await (const batch of adultLike(2000)) batches.push(batch);
    const steps = Number(values.steps);
    const model = await fitModel(adultLikeSchema, batches, { steps, seed: 1 });
    await writeFile(join(directory, 'generator.onnx'), model.generator);
    for (const rows of sizes) await writeRows(model, rows, directory);
    await compareInPython(directory);
  } finally {
    await rm(directory, { recursive: true });
  }
}

async function compareInPython(directory: string): Promise<void> {
  const script = new URL('./peers/generator_onnx.py', import.meta.url).pathname;
  const python = process.env.PYTHON ?? 'python3';
  let report: Report;
  try {
    report = await runChild<Report>(python, [script, directory, ...sizes.map(String)]);
  } catch (error) {
    console.log(`not checked in Python: ${(error as Error).message.trim().split('\n').at(-1)}`);
    process.exitCode = 1;
    return;
  }
  const { versions, inputs, outputs, batches, problems } = report;
  console.log(`${versions}\ninputs: ${inputs.join(', ')}; outputs: ${outputs.join(', ')}\n`);
  console.log('| batch | largest difference of a number | columns decoded alike |\n|---|---|---|');
  for (const { rows, difference, columns } of batches) {
    console.log(`| ${rows} | ${difference.toExponential(1)} | ${columns.length} |`);
  }
  console.log(problems.length === 0 ? '\nno problems' : `\nproblems:\n${problems.join('\n')}`);
  if (problems.length > 0) process.exitCode = 1;
}

/** Writes what the generator is fed for a batch, the rows that it makes here, and them decoded. */
async function writeRows(model: Model, rows: number, directory: string): Promise<void> {
  const face = generatorOf(model);
  const inputs = face.inputs(rows);
  const program = await openOnnx(model.generator, inputs, face.outputs(rows));
  const feed: Feed = mapEntries(inputs, ({ shape }) => new Float32Array(sizeOf(shape)));
  const random = createRandom(rows);
  fillNoise(inputs, feed, random.fork('noise'));
  face.fillData(feed, random.fork('condition'));
  const outputs = await program.run(feed);
  const made = outputs.rows?.values as Float32Array;
  const batch = face.decode({ feed, outputs }, model.schema, rows, random);
  await writeFile(join(directory, `decoded-${rows}.json`), JSON.stringify(plainColumns(batch)));
  for (const [name, numbers] of Object.entries({ ...feed, rows: made })) {
    await writeFile(join(directory, `${name}-${rows}.f32`), numbers);
  }
  await program.dispose();
}
