import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { probeInChild } from '../../../src/compute/engines/child.js';
import { compiledUrl } from '../../support/compiled.js';

const execute = promisify(execFile);

let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'gan-augment-probe-'));
});
afterAll(() => rm(directory, { recursive: true }));

const place = { engine: 'onnx', device: 'cpu', threads: 1 } as const;

/** Probes in a process that runs this code. */
async function probeRunning(code: string, patience = 60_000) {
  const entry = join(directory, 'entry.mjs');
  await writeFile(entry, code);
  return probeInChild(place, { entry, patience });
}

describe('probeInChild', () => {
  it('should find what every machine has, and leave this process without its backends', async () => {
    // A process of its own: other tests may have loaded backends into this one.
    const probes = `
      import * as tf from '@tensorflow/tfjs-core';
      import { probeInChild } from ${JSON.stringify(compiledUrl('compute/engines/child.js'))};
      const places = [
        { engine: 'onnx', device: 'cpu', threads: 1 },
        { engine: 'tfjs', device: 'wasm', threads: 1 },
      ];
      const problems = await Promise.all(places.map((place) => probeInChild(place)));
      console.log(JSON.stringify({
        problems: problems.map(String), backends: tf.engine().backendNames(),
      }));`;

    const { stdout } = await execute(process.execPath, ['--input-type=module', '-e', probes]);

    expect(JSON.parse(stdout)).toEqual({ problems: ['undefined', 'undefined'], backends: [] });
  });

  it('should say what the engine says of what it has not', async () => {
    const problem = await probeInChild({ ...place, device: 'coreml' });

    // On macOS there is such a thing.
    if (process.platform !== 'darwin') expect(problem).toMatch(/coreml/);
  });

  it.each([
    ['process.send({ problem: "of glass" })', 'of glass'],
    ['process.send({}); setInterval(() => {}, 1000)', undefined],
    ['process.kill(process.pid, "SIGSEGV"); setInterval(() => {}, 9)', /crashes with SIGSEGV/],
    ['console.error("oh\\ndear"); process.exit(3)', 'its probe ends with code 3: dear'],
    ['process.exit()', 'its probe ends with code 0'],
    ['null.x', /its probe ends with code 1/],
  ])('should survive a process that runs %s', async (code, answer) => {
    const problem = await probeRunning(code);

    if (answer instanceof RegExp) expect(problem).toMatch(answer);
    else expect(problem).toBe(answer);
  });

  it('should give up on a process that does not answer', async () => {
    expect(await probeRunning('setInterval(() => {}, 1000)', 1000)).toMatch(
      /not answer within 1 s/,
    );
  });
});
