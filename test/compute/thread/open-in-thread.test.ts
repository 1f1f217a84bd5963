import { matMul, type Tensor2D } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { exportOnnx } from '../../../src/compute/export.js';
import { openProgram } from '../../../src/compute/open.js';
import { openProgramInThread } from '../../../src/compute/thread/open-in-thread.js';
import { ComputeError } from '../../../src/errors.js';

const inputs = { latent: { shape: [3, 2], dtype: 'float32' } } as const;
const outputs = { rows: { shape: [3, 2], dtype: 'float32' } } as const;
const feed = { latent: Float32Array.from([1, 2, 3, 4, 5, 6]) };

/** A generator that multiplies by a matrix. */
const file = () =>
  exportOnnx({
    name: 'generator',
    state: { weight: { shape: [2, 2], dtype: 'float32', values: Float32Array.from([1, 2, 3, 4]) } },
    inputs: (rows) => ({ latent: { shape: [rows, 2], dtype: 'float32' } }),
    step: ({ weight }, { latent }) => ({
      state: {},
      outputs: { rows: matMul(latent as Tensor2D, weight as Tensor2D) },
    }),
  });

describe('openProgramInThread', () => {
  it('should make what the calling thread makes, run after run', async () => {
    const model = await file();
    const here = await openProgram(model, inputs, outputs);
    const there = await openProgramInThread(model, inputs, outputs);

    const [one, other] = [await here.run(feed), await there.run(feed)];
    const again = await there.run({ latent: new Float32Array(6) });

    expect(other.rows?.values).toEqual(one.rows?.values);
    expect(other.rows?.shape).toEqual([3, 2]);
    expect(again.rows?.values).toEqual(new Float32Array(6));
    await Promise.all([here.dispose(), there.dispose()]);
  });

  it('should give up a run that is on its way, and make none after that', async () => {
    const program = await openProgramInThread(await file(), inputs, outputs);

    const running = program.run(feed).catch((error: unknown) => error);
    await program.dispose();

    expect(await running).toBeInstanceOf(ComputeError);
    await expect(program.run(feed)).rejects.toThrow('the thread that runs the generator has ended');
  });

  it('should say why a file cannot be opened, or a run be made', async () => {
    const program = await openProgramInThread(await file(), inputs, outputs);

    const [opening, running] = await Promise.allSettled([
      openProgramInThread(new Uint8Array(8), inputs, outputs),
      program.run({ latent: new Float32Array(5) }),
    ]);

    expect(String(opening.status === 'rejected' && opening.reason)).toContain(
      'onnxruntime cannot load the graph',
    );
    expect(String(running.status === 'rejected' && running.reason)).toContain(
      "input 'latent' must have 6 values",
    );
    await program.dispose();
  });
});
