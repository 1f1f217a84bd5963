import { fromBinary } from '@bufbuild/protobuf';
import { ModelProtoSchema } from 'onnx-buf';
import { beforeAll, describe, expect, it } from 'vitest';
import { openOnnx } from '../../../../../src/compute/onnx/open-onnx.js';
import { mapEntries, sizeOf } from '../../../../../src/compute/tensor.js';
import { encodeTable, expandRows, layoutOf } from '../../../../../src/encode/table.js';
import {
  type RowsDescription,
  rowsMetadata,
} from '../../../../../src/gan/families/tabular/describe-rows.js';
import { fitModel } from '../../../../../src/gan/fit/fit.js';
import { generatorOf } from '../../../../../src/gan/model/generator-of.js';
import type { Model } from '../../../../../src/gan/model/model.js';
import { fillNoise } from '../../../../../src/nn/step-inputs.js';
import { createRandom } from '../../../../../src/random.js';
import { penguins } from '../../../../augment/penguins.js';
import { largestDifference } from '../../../../compute/engines.js';

let model: Model;
let description: RowsDescription;

beforeAll(async () => {
  const batch = await penguins();
  // A fixed combination would be one column of the description.
  model = await fitModel(batch.schema, [batch], {
    seed: 1,
    steps: 2,
    rules: false,
    thread: 'caller',
  });
  const { metadataProps } = fromBinary(ModelProtoSchema, model.generator);
  const text = metadataProps.find(({ key }) => key === rowsMetadata)?.value;
  description = JSON.parse(text as string);
});

/** Rows of the generator, made in runs of so many. */
async function generate(rows: number, each: number): Promise<Float32Array> {
  const face = generatorOf(model);
  const all = face.inputs(rows);
  const feed = mapEntries(all, ({ shape }) => new Float32Array(sizeOf(shape)));
  fillNoise(all, feed, createRandom(3));
  const inputs = face.inputs(each);
  const program = await openOnnx(model.generator, inputs, face.outputs(each));
  const { width } = layoutOf(model.encoders);
  const made = new Float32Array(rows * width);
  for (let start = 0; start < rows; start += each) {
    const { rows: some } = await program.run(
      mapEntries(inputs, ({ shape: [, columns = 0] }, name) =>
        (feed[name] as Float32Array).subarray(start * columns, (start + each) * columns),
      ),
    );
    made.set(some?.values ?? [], start * width);
  }
  await program.dispose();
  return made;
}

describe('an exported generator', () => {
  it('should make the same rows in batches of any size', async () => {
    const whole = await generate(42, 42);

    for (const each of [1, 7, 21]) {
      const parts = await generate(42, each);
      const as = (values: Float32Array) => ({
        rows: { shape: [values.length], dtype: 'float32', values } as const,
      });
      expect(largestDifference(as(parts), as(whole))).toBeLessThan(1e-5);
    }
  });

  it('should say how it is fed', () => {
    const { inputs, conditions, output } = description;

    const levels = conditions.map(({ counts }) => counts.length);
    const layout = layoutOf(model.encoders);
    const onehots = layout.spans.filter(({ kind }) => kind === 'onehot');
    const sum = (sizes: number[]) => sizes.reduce((total, size) => total + size, 0);
    expect(inputs).toEqual([
      { name: 'latent', fill: 'normal', columns: 128 },
      { name: 'condition', fill: 'condition', columns: sum(levels) },
      { name: 'gumbel', fill: 'gumbel', columns: sum(onehots.map(({ size }) => size)) },
    ]);
    expect(conditions.map(({ offset }) => offset)).toEqual(
      levels.map((_, k) => sum(levels.slice(0, k))),
    );
    expect(output).toEqual({ name: 'rows', width: layout.width });
  });

  it('should say how its rows are read, so that an encoded table can be', async () => {
    const batch = await penguins();
    const table = await encodeTable(model.encoders, [batch], createRandom(1));
    const { width } = description.output;
    const matrix = new Float32Array(batch.numRows * width);
    expandRows(
      table,
      Int32Array.from({ length: batch.numRows }, (_, k) => k),
      matrix,
    );

    const texts = ({ spans: [span], encoder }: RowsDescription['columns'][number]) =>
      Array.from({ length: batch.numRows }, (_, row) => {
        const start = row * width + (span?.offset as number);
        const numbers = matrix.subarray(start, start + (span?.size as number));
        return (encoder.levels as string[])[numbers.indexOf(Math.max(...numbers))];
      });

    const { fields } = batch.schema;
    expect(description.columns.map(({ name }) => name)).toEqual(fields.map(({ name }) => name));
    const categories = new Set(description.conditions.map(({ column }) => column));
    expect([...categories]).toContain('species');
    for (const column of description.columns.filter(({ name }) => categories.has(name))) {
      const real = [...(batch.getChild(column.name) ?? [])].map((value) => value ?? null);
      expect(texts(column), column.name).toEqual(real);
    }
  });
});
