import { fromBinary } from '@bufbuild/protobuf';
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { ModelProtoSchema, type ValueInfoProto } from 'onnx-buf';
import { describe, expect, it } from 'vitest';
import { type ExportSource, exportOnnx } from '../../src/compute/export.js';
import { readOnnxProblem } from '../../src/compute/onnx/inspect.js';
import { openOnnx } from '../../src/compute/onnx/open-onnx.js';
import { anyBatch, hostTensor, type TensorSpecs } from '../../src/compute/tensor.js';
import { ComputeError } from '../../src/errors.js';
import { evaluate, largestDifference, randomInput } from './engines.js';

const inputs = (batch: number) => ({ x: { shape: [batch, 2], dtype: 'float32' } }) as const;
const outputs = (batch: number): TensorSpecs => ({ y: { shape: [batch, 2], dtype: 'float32' } });
const factor = hostTensor([2], Float32Array.of(3, 4));

/** A function of x [batch, 2] with weights of [2]. */
const source = (of: (x: tf.Tensor2D, factor: tf.Tensor1D) => tf.Tensor): ExportSource => ({
  step: ({ factor }, { x }) => ({
    state: {},
    outputs: { y: of(x as tf.Tensor2D, factor as tf.Tensor1D) },
  }),
  state: { factor },
  inputs,
});
const scale = () => exportOnnx(source((x, factor) => tf.mul(x, factor)));

describe('exportOnnx', () => {
  it('should give the same bytes again', () => {
    expect(scale()).toEqual(scale());
  });

  it('should compute the same for a batch of any size, whatever is reshaped', async () => {
    const reshaping = (x: tf.Tensor, factor: tf.Tensor) => {
      const rows = x.shape[0] as number;
      const ones = tf.concat([tf.ones([rows, 1]), tf.zeros([rows, 1])], 1);
      const columns = tf.mul(tf.reshape(x, [rows * 2, 1]), tf.slice(factor, [1], [1]));
      const cubes = tf.reshape(columns, [1, rows, 2, 1]);
      return tf.add(tf.reshape(tf.mean(cubes, 2, true), [rows, 1]), tf.add(x, ones));
    };
    const file = exportOnnx(source(reshaping));

    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 40 }), fc.nat(), async (rows, seed) => {
        const x = randomInput([rows, 2], seed);
        const program = await openOnnx(file, inputs(rows), outputs(rows));

        const native = await program.run({ x: x.values });
        const eager = await evaluate(
          'tfjs',
          ({ x }) => ({ y: reshaping(x as tf.Tensor, tf.tensor1d(factor.values)) }),
          { x },
        );

        expect(native.y?.shape).toEqual([rows, 2]);
        expect(largestDifference(native, eager)).toBeLessThan(1e-6);
        await program.dispose();
      }),
      { numRuns: 20 },
    );
  });

  it('should name the graph, its dimension and what it is told', () => {
    const labels = { name: 'generator', metadata: { colour: 'red', größe: '3' } };

    const bytes = exportOnnx({ ...source((x) => tf.tanh(x)), ...labels });

    const { graph, metadataProps, producerName } = fromBinary(ModelProtoSchema, bytes);
    const told = metadataProps.map(({ key, value }) => [key, value]);
    const dimensions = [...(graph?.input ?? []), ...(graph?.output ?? [])].map(dimensionsOf);
    expect(told).toEqual(Object.entries(labels.metadata));
    expect([producerName, graph?.name]).toEqual(['gan-augment', 'generator']);
    expect(dimensions).toEqual([
      ['batch', 2n],
      ['batch', 2n],
    ]);
  });

  it.each<[string, (x: tf.Tensor2D) => tf.Tensor, RegExp]>([
    ['a sum divided by the batch', (x) => tf.div(x, x.shape[0]), /what operator 'Div' is given/],
    ['a slice of the batch', (x) => tf.slice(x, [1, 0], [x.shape[0] - 1, 2]), /'Slice'/],
    ['a power for each hundred rows', (x) => power(x, x.shape[0] % 10), /number of operators/],
    ['another operator', (x) => (x.shape[0] === 1009 ? tf.sin(x) : tf.cos(x)), /operator 'Sin'/],
    ['rows side by side', (x) => tf.reshape(x, [1, x.shape[0] * 2]), /output 'y' has a size of/],
    ['a constant of the batch', (x) => tf.add(x, countingRows(x.shape[0])), /'Add'/],
    [
      'another place',
      (x) => tf.sub(x.shape[0] === 1009 ? tf.sin(x) : x, x.shape[0] === 1009 ? x : tf.sin(x)),
      /what operator 'Sub' is given/,
    ],
  ])('should refuse %s', (_what, of, message) => {
    const exporting = () => exportOnnx(source(of));

    expect(exporting).toThrow(ComputeError);
    expect(exporting).toThrow(/size of the batch cannot be exported/);
    expect(exporting).toThrow(message);
  });
});

function dimensionsOf({ type }: ValueInfoProto) {
  const tensor = type?.value.case === 'tensorType' ? type.value.value : undefined;
  return tensor?.shape?.dim.map(({ value }) => value.value);
}

function countingRows(rows: number): tf.Tensor2D {
  return tf.tensor2d(
    Float32Array.from({ length: rows }, (_, row) => row),
    [rows, 1],
  );
}

function power(x: tf.Tensor2D, times: number): tf.Tensor2D {
  return times === 0 ? x : power(tf.mul(x, x), times - 1);
}

describe('readOnnxProblem', () => {
  const check = (bytes: Uint8Array, wanted = outputs(anyBatch)) =>
    readOnnxProblem(bytes, inputs(anyBatch), wanted);

  it('should find nothing wrong with what was exported, and refuse garbage', () => {
    expect(check(scale())).toBeUndefined();
    expect(check(Uint8Array.of(1, 2, 3))).toMatch(/not an ONNX file/);
    expect(check(new Uint8Array(0))).toMatch(/no graph/);
  });

  it('should refuse operators and shapes that should not be there', () => {
    const wide: TensorSpecs = { y: { shape: [anyBatch, 3], dtype: 'float32' } };
    const noisy = exportOnnx(source((x) => tf.cos(x)));

    expect(check(noisy)).toMatch(/operator 'Cos'/);
    expect(check(scale(), wide)).toMatch(
      /output 'y' has the shape \[batch,2\] instead of \[batch,3\]/,
    );
    expect(check(scale(), outputs(7))).toMatch(/\[batch,2\] instead of \[7,2\]/);
    expect(check(scale(), {})).toMatch(/output 'y'/);
  });
});
