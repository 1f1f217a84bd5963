import { sigmoid, softplus, sum, type Tensor2D } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import type { Engine } from '../../src/compute/compile.js';
import { type HostTensors, mapEntries, type Tensors } from '../../src/compute/tensor.js';
import { clippedGradients, runDenseStack } from '../../src/nn/clipped-gradients.js';
import { gradientsOf } from '../../src/nn/gradients.js';
import { createDense } from '../../src/nn/layers/dense.js';
import { scope, unscope } from '../../src/nn/scope.js';
import { createRandom } from '../../src/random.js';
import { evaluate, randomInput } from '../compute/engines.js';

const names = ['first', 'second', 'last'];
const widths = [5, 7, 4, 1];
const random = createRandom('clipped gradients');
const weights: HostTensors = Object.assign(
  {},
  ...names.map((name, k) =>
    createDense(name, widths[k] as number, widths[k + 1] as number, random),
  ),
);
const rows = 6;
const x = randomInput([rows, 5], 4, -3, 3);
const bound = 0.8;

type Inputs = Parameters<typeof evaluate>[2];

/** The gradient of one row's loss, by autodiff. */
async function gradientOfRow(row: number): Promise<Record<string, Float32Array>> {
  const one = { ...x, shape: [1, 5], values: x.values.subarray(5 * row, 5 * row + 5) };
  const inputs = { ...weights, x: one } as Inputs;
  const gradients = await evaluate(
    'tfjs',
    (given: Tensors) => {
      const parameters = mapEntries(weights, (_, name) => given[name] as Tensor2D);
      return gradientsOf(parameters, (own) =>
        sum(softplus(runDenseStack(own, names, given.x as Tensor2D).scores)),
      ).gradients;
    },
    inputs,
  );
  return mapEntries(gradients, ({ values }) => values as Float32Array);
}

const normOf = (gradient: Record<string, Float32Array>) =>
  Math.sqrt(
    Object.values(gradient).reduce(
      (all, values) => all + values.reduce((own, value) => own + value ** 2, 0),
      0,
    ),
  );

async function clipped(engine: Engine, rowWeights: number[]) {
  const inputs = {
    ...weights,
    x,
    rowWeights: { shape: [rows, 1], dtype: 'float32', values: Float32Array.from(rowWeights) },
  } as Inputs;
  const { norms, ...gradients } = await evaluate(
    engine,
    (given) => {
      const run = runDenseStack(given, names, given.x as Tensor2D);
      // The slope of softplus.
      const slopes = sigmoid(run.scores) as Tensor2D;
      const all = clippedGradients(given, names, run, slopes, given.rowWeights as Tensor2D, bound);
      return { ...unscope(all.gradients, 'gradient/'), norms: all.norms };
    },
    inputs,
  );
  return { gradients: scope(gradients, 'gradient/'), norms: norms?.values as Float32Array };
}

describe.each(['onnx', 'tfjs'] as const)('clippedGradients on %s', (engine) => {
  it('should equal the sum of gradients that are computed and clipped one by one', async () => {
    const each = await Promise.all(Array.from({ length: rows }, (_, row) => gradientOfRow(row)));
    const rowWeights = [1, 1, 0, 1, 1, 1];

    const { gradients, norms } = await clipped(engine, rowWeights);

    // Some are cut, and some are not.
    const cut = each.map((gradient) => Math.min(1, bound / normOf(gradient)));
    expect(cut.some((factor) => factor < 1)).toBe(true);
    expect(cut.some((factor) => factor === 1)).toBe(true);
    each.forEach((gradient, row) => {
      expect(norms[row]).toBeCloseTo(normOf(gradient), 5);
    });
    expect(Object.keys(gradients)).toHaveLength(2 * names.length);
    for (const [name, { values }] of Object.entries(gradients)) {
      values.forEach((value, k) => {
        const sumOfRows = each.reduce((all, gradient, row) => {
          const factor = (rowWeights[row] as number) * (cut[row] as number);
          return all + factor * (gradient[name]?.[k] as number);
        }, 0);
        // The clip leaves room for rounding.
        expect(Math.abs(value - sumOfRows)).toBeLessThan(3e-5);
      });
    }
  });

  it('should let no row have a norm above the bound', async () => {
    for (let row = 0; row < rows; row++) {
      const alone = Array.from({ length: rows }, (_, other) => Number(other === row));

      const { gradients } = await clipped(engine, alone);

      const own = mapEntries(gradients, ({ values }) => values as Float32Array);
      expect(normOf(own)).toBeLessThanOrEqual(bound);
    }
  });
});
