/**
 * Models from strangers: graphs that take memory or time without end, with right hashes in a directory
 * that is otherwise a good one. Each is loaded, and its rows asked for, in a process of its own; it has
 * to be refused, or to end, within 2 s of processor time and 300 MiB beyond those of a good model.
 */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { anyBatch } from '../../src/compute/tensor.js';
import { loadModel } from '../../src/gan/model/directory.js';
import { generatorOf } from '../../src/gan/model/generator-of.js';
import { sha256 } from '../../src/gan/model/model.js';
import { createRandom } from '../../src/random.js';
import { type GraphFace, hostileGraph, hostileKinds } from '../../test/support/hostile-graphs.js';
import { runScript } from '../support/run-child.js';

const good = fileURLToPath(new URL('../../test/gan/model/saved/tabular', import.meta.url));
const bounds = { seconds: 2, peakMiB: 300 } as const;

/** What loading a model and making rows of it took. */
export interface Attempt {
  readonly outcome: string;
  /** Of the processor. */
  readonly seconds: number;
  readonly peakMiB: number;
}

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { models: { type: 'string', default: '200' } } });
  const face = await faceOfGood();
  const manifest = JSON.parse(await readFile(join(good, 'model.json'), 'utf8'));
  const directory = await mkdtemp(join(tmpdir(), 'hostile-'));
  const script = new URL('attempt.ts', import.meta.url);
  const attempt = (path: string) => runScript<Attempt>(script, [path]);
  try {
    const usual = await attempt(good);
    console.log(`a good model: ${usual.seconds.toFixed(1)} s, ${usual.peakMiB.toFixed(0)} MiB`);
    const worst = { seconds: 0, peakMiB: 0 };
    let kept = 0;
    const outcomes = new Map<string, number>();
    for (let k = 0; k < Number(values.models); k++) {
      const kind = hostileKinds[k % hostileKinds.length] as (typeof hostileKinds)[number];
      const generator = hostileGraph(kind, face, createRandom(k));
      const path = join(directory, String(k));
      await mkdir(path);
      const own = { ...manifest, generator: { ...manifest.generator, sha256: sha256(generator) } };
      await writeFile(join(path, 'model.json'), JSON.stringify(own));
      await writeFile(join(path, manifest.generator.file), generator);
      const found = await attempt(path);
      await rm(path, { recursive: true });
      const more = {
        seconds: found.seconds - usual.seconds,
        peakMiB: found.peakMiB - usual.peakMiB,
      };
      worst.seconds = Math.max(worst.seconds, more.seconds);
      worst.peakMiB = Math.max(worst.peakMiB, more.peakMiB);
      const isKept = more.seconds <= bounds.seconds && more.peakMiB <= bounds.peakMiB;
      kept += Number(isKept);
      outcomes.set(found.outcome, (outcomes.get(found.outcome) ?? 0) + 1);
      if (!isKept) console.log(`${kind}, seed ${k}: ${JSON.stringify(found)}`);
    }
    for (const [outcome, count] of outcomes) console.log(`${outcome}: ${count}`);
    console.log(
      `${kept} of ${values.models} within the bounds; the worst took ${worst.seconds.toFixed(1)} s and ` +
        `${worst.peakMiB.toFixed(0)} MiB more than the good one`,
    );
  } finally {
    await rm(directory, { recursive: true });
  }
}

async function faceOfGood(): Promise<GraphFace> {
  const spec = generatorOf(await loadModel(good));
  const inputs = Object.entries(spec.inputs(anyBatch)).map(([name, { shape }]) => [name, shape[1]]);
  const [[output = '', { shape = [] } = {}] = []] = Object.entries(spec.outputs(anyBatch));
  return { inputs: Object.fromEntries(inputs), output, width: shape[1] ?? 0 };
}
