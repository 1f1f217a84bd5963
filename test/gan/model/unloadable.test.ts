import { generateKeyPairSync } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadModel, saveModel, verifyModel } from '../../../src/gan/model/directory.js';
import { whyNotLoadable } from '../../../src/gan/model/files.js';
import type { Model } from '../../../src/gan/model/model.js';
import { useDirectory } from '../../data/support/directory.js';

const directory = useDirectory();

/** A model whose generator makes far more rows in a run than one that nobody vouches for may. */
async function costlyModel(): Promise<Model> {
  const model = await loadModel(join(import.meta.dirname, 'saved/tabular'));
  const generator = { ...model.manifest.generator, rows: 1_000_000 };
  return { ...model, manifest: { ...model.manifest, generator } };
}

describe('saveModel', () => {
  it('should say of a model that it cannot be loaded unless it is signed', async () => {
    const [model, path] = [await costlyModel(), directory.fresh('model')];
    const warnings: string[] = [];

    await saveModel(model, path, { onWarning: (warning) => warnings.push(warning) });

    await expect(loadModel(path)).rejects.toThrow(/one run takes \d+ MiB, and may take 300/);
    expect(warnings).toEqual([expect.stringContaining(`${path} cannot be loaded as it is: `)]);
    expect(warnings[0]).toMatch(
      /takes \d+ MiB, and may take 300.* sign it, and load it by its key\.$/,
    );
  });

  it('should say nothing of one that is signed, and can be loaded by its key', async () => {
    const [model, path] = [await costlyModel(), directory.fresh('model')];
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const warnings: string[] = [];

    await saveModel(model, path, {
      signingKey: privateKey,
      onWarning: (warning) => warnings.push(warning),
    });

    expect(warnings).toEqual([]);
    expect((await verifyModel(path, publicKey)).isForeign).toBe(false);
  });
});

describe('whyNotLoadable', () => {
  it('should find nothing wrong with a model of usual size', async () => {
    const model = await loadModel(join(import.meta.dirname, 'saved/tabular'));

    expect(await whyNotLoadable(model)).toBeUndefined();
  });
});
