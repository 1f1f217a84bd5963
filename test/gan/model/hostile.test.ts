import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { anyBatch } from '../../../src/compute/tensor.js';
import { FileError, ModelError } from '../../../src/errors.js';
import { loadModel } from '../../../src/gan/model/directory.js';
import { modelFromFiles } from '../../../src/gan/model/files.js';
import { generatorOf } from '../../../src/gan/model/generator-of.js';
import { type Model, sha256 } from '../../../src/gan/model/model.js';
import { createRandom } from '../../../src/random.js';
import { caseCount } from '../../support/cases.js';
import { type GraphFace, hostileGraph, hostileKinds } from '../../support/hostile-graphs.js';

const saved = join(import.meta.dirname, 'saved', 'tabular');

let model: Model;
let face: GraphFace;

beforeAll(async () => {
  model = await loadModel(saved);
  face = faceOf(model);
});

function faceOf(own: Model): GraphFace {
  const spec = generatorOf(own);
  const widths = Object.entries(spec.inputs(anyBatch)).map(([name, { shape }]) => [name, shape[1]]);
  const [[output = '', { shape = [] } = {}] = []] = Object.entries(spec.outputs(anyBatch));
  return { inputs: Object.fromEntries(widths), output, width: shape[1] ?? 0 };
}

/** The model with another generator, and the right hash of it. */
async function withGenerator(generator: Uint8Array, mayCostAnything = false): Promise<Model> {
  const manifest = {
    ...model.manifest,
    generator: { ...model.manifest.generator, sha256: sha256(generator) },
  };
  const files: Record<string, Uint8Array> = {
    'model.json': Buffer.from(JSON.stringify(manifest)),
    [manifest.generator.file]: generator,
  };
  const read = async (name: string) => files[name] as Uint8Array;
  return modelFromFiles(read, 'it', { mayCostAnything });
}

describe('a model from a stranger', () => {
  it.each(hostileKinds)('should be refused before anything runs, for %s', async (kind) => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), async (seed) => {
        const generator = hostileGraph(kind, face, createRandom(seed));

        const error = await withGenerator(generator).catch((thrown: unknown) => thrown);

        expect(error).toBeInstanceOf(ModelError);
        expect(String(error)).toMatch(
          /is refused: .*(MiB|multiplications|may have|no end|before it|as long as)/,
        );
      }),
      { numRuns: caseCount(2, 30) },
    );
  });

  it('should be taken at its cost where who signed it vouches for it', async () => {
    const generator = hostileGraph('Expand', face, createRandom(1));

    const trusted = await withGenerator(generator, true);

    expect(trusted.generator).toBe(generator);
  });

  it('should not be read at all where its files are too large', async () => {
    const read = async (name: string, most: number) => {
      if (name !== 'model.json') throw new FileError(`file is too large: ${most}`);
      return readFile(join(saved, name));
    };

    const reading = modelFromFiles(read, 'it');

    await expect(reading).rejects.toThrow('too large: 134217728');
  });
});
