/**
 * Trains one variant of the tabular recipe on a CSV file and writes as many synthetic rows:
 * `tsx bench/tables/experiment.ts --data train.csv --out out.parquet --set '{"pack":1}'`.
 */

import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { serialize } from 'node:v8';
import type { RecordBatch } from 'apache-arrow';
import { openProgram } from '../../src/compute/open.js';
import { readCsvBatches } from '../../src/data/csv/read.js';
import { writeParquetFile } from '../../src/data/parquet/write.js';
import { inferEncoders } from '../../src/encode/infer.js';
import { collapseRows, decodeTable, encodeTable, layoutOf } from '../../src/encode/table.js';
import { calibrate } from '../../src/gan/tabular/calibrate/calibrate.js';
import { correctNumbers } from '../../src/gan/tabular/calibrate/numbers.js';
import { exportGenerator } from '../../src/gan/tabular/export.js';
import { samplingInputs, samplingOutputs } from '../../src/gan/tabular/inputs.js';
import { ctgan, type TabularRecipe } from '../../src/gan/tabular/recipe.js';
import { createChunkSampler } from '../../src/gan/tabular/sample.js';
import { rowShape } from '../../src/gan/tabular/shape.js';
import { generatorOf } from '../../src/gan/tabular/state.js';
import { trainTabular } from '../../src/gan/tabular/train.js';
import { createRandom } from '../../src/random.js';

const { values: args } = parseArgs({
  options: {
    data: { type: 'string' },
    out: { type: 'string' },
    target: { type: 'string' },
    steps: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    set: { type: 'string', default: '{}' },
  },
});
const batches: RecordBatch[] = [];
for await (const batch of readCsvBatches(args.data as string)) batches.push(batch);
const schema = (batches[0] as RecordBatch).schema;
const rows = batches.reduce((sum, batch) => sum + batch.numRows, 0);
const recipe = { ...ctgan, ...JSON.parse(args.set) } as TabularRecipe;
const random = createRandom(Number(args.seed));
const cpu = () => process.cpuUsage().user / 1e6 + process.cpuUsage().system / 1e6;
let start = cpu();
const encoders = await inferEncoders(schema, batches);
const table = await encodeTable(encoders, batches, random.fork('encode'));
const encodeSeconds = cpu() - start;
const target = schema.fields.findIndex(({ name }) => name === args.target);
const span = table.layout.spans.find(
  (one) => one.column === target && one.kind === 'onehot' && one.role === 'category',
);
const context = span ? Array.from({ length: span.size }, (_, k) => span.offset + k) : [];
start = cpu();
const steps = Number(args.steps);
let sums = [0, 0];
const state = await trainTabular(table, recipe, {
  steps,
  random: random.fork('train'),
  context,
  onStep({ step, criticLoss, generatorLoss }) {
    sums = [(sums[0] as number) + criticLoss, (sums[1] as number) + generatorLoss];
    if (step % 500 === 0) {
      console.error(
        step,
        sums.map((s) => (s / 500).toFixed(3)).join(' '),
        (cpu() - start).toFixed(0),
      );
      sums = [0, 0];
    }
  },
});
const trainSeconds = cpu() - start;
const shape = rowShape(table.layout);
const calibrated = process.env.GA_RAW
  ? { state: generatorOf(state), curves: [] }
  : await calibrate(table, recipe, generatorOf(state), random.fork('calibrate'));
writeFileSync(`${args.out}.state`, serialize(state));
const generator = exportGenerator(recipe, shape, calibrated.state);
const program = await openProgram(
  generator,
  samplingInputs(recipe, shape, 256),
  samplingOutputs(shape, 256),
);
const chunk = createChunkSampler(program, recipe, shape, 256);
async function* sample() {
  for (let k = 0; k * 256 < rows; k++) {
    const values = collapseRows(table.layout, await chunk(random.fork('chunk', k)), 256);
    yield decodeTable(
      encoders,
      schema,
      correctNumbers(table.layout, calibrated.curves, values),
      256,
      random.fork('decode', k),
    );
  }
}
await writeParquetFile(args.out as string, sample());
console.log(
  JSON.stringify({
    set: JSON.parse(args.set),
    steps,
    seed: Number(args.seed),
    width: layoutOf(encoders).width,
    encodeSeconds,
    trainSeconds,
    msPerStep: (1000 * trainSeconds) / steps,
  }),
);
