import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RecordBatch } from 'apache-arrow';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sampleBatches } from '../../../src/augment/sample-batches.js';
import { FileError, GanAugmentError, ModelError } from '../../../src/errors.js';
import { loadModel, saveModel } from '../../../src/gan/model/directory.js';
import { type Model, sha256 } from '../../../src/gan/model/model.js';
import { hastyModel, penguins } from '../../augment/penguins.js';
import { collect } from '../../data/support/arbitrary-batches.js';
import { exactRows } from '../../data/support/exact.js';

let root: string;
let directory: string;
let all: RecordBatch;
let model: Model;

beforeAll(async () => {
  all = await penguins();
  model = await hastyModel(all);
});
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'gan-augment-'));
  directory = join(root, 'model');
});
afterEach(() => rm(root, { recursive: true }));

/** Changes model.json as parsed, and writes it back. */
async function editManifest(change: (manifest: Record<string, unknown>) => unknown): Promise<void> {
  const path = join(directory, 'model.json');
  const manifest = JSON.parse(await readFile(path, 'utf8'));
  const changed = change(manifest) ?? manifest;
  await writeFile(path, typeof changed === 'string' ? changed : JSON.stringify(changed));
}

const inTraining = (manifest: Record<string, unknown>, change: object) => ({
  ...manifest,
  training: { ...(manifest.training as object), ...change },
});

const smallLatent = (manifest: Record<string, unknown>) =>
  (manifest.recipe as { options: object }).options;

describe('saveModel and loadModel', () => {
  it('should give back a model that makes the same rows', async () => {
    await saveModel(model, directory);

    const loaded = await loadModel(directory);

    const [before, after] = [
      await collect(sampleBatches(model, { rows: 600, seed: 3 })),
      await collect(sampleBatches(loaded, { rows: 600, seed: 3 })),
    ];
    expect(loaded.id).toBe(model.id);
    expect(exactRows(after)).toEqual(exactRows(before));
    expect((await readdir(directory)).sort()).toEqual(['generator.onnx', 'model.json']);
    expect(await readdir(root)).toEqual(['model']);
  });

  it('should replace a model, but nothing else', async () => {
    const other = await hastyModel(all, 2);
    const occupied = join(root, 'photos');
    await mkdir(occupied);
    await writeFile(join(occupied, 'cat.jpg'), 'meow');
    // A common name: tfjs saves its own models under it.
    await writeFile(join(occupied, 'model.json'), '{"format": "layers-model"}');
    await saveModel(model, directory);
    const shared = join(root, 'shared');
    await saveModel(model, shared);
    await writeFile(join(shared, 'notes.txt'), 'mine');

    await saveModel(other, directory);
    const refused = saveModel(model, occupied);

    await expect(refused).rejects.toThrow(FileError);
    await expect(refused).rejects.toThrow(/exists and is something else/);
    expect((await loadModel(directory)).id).toBe(other.id);
    await expect(saveModel(other, shared)).rejects.toThrow(FileError);
    expect((await readdir(occupied)).sort()).toEqual(['cat.jpg', 'model.json']);
    expect((await loadModel(shared)).id).toBe(model.id);
    expect((await readdir(root)).sort()).toEqual(['model', 'photos', 'shared']);
  });

  it('should say which directory is missing, and write nothing', async () => {
    const saving = saveModel(model, join(root, 'no', 'model'));

    await expect(saving).rejects.toThrow(/output directory does not exist/);
    await expect(loadModel(directory)).rejects.toThrow(FileError);
    expect(await readdir(root)).toEqual([]);
  });

  it.each<[string, (manifest: Record<string, unknown>) => unknown, RegExp]>([
    ['is not JSON', () => '{', /model\.json is not JSON/],
    ['is no object', () => '[1]', /is not a JSON object/],
    ['is of another format', (m) => ({ ...m, format: 'zip' }), /is not a model: format "zip"/],
    [
      'is of a later version',
      (m) => ({ ...m, formatVersion: 2 }),
      /format version 2.*reads only 1/,
    ],
    ['lacks its recipe', (m) => ({ ...m, recipe: undefined }), /damaged: 'recipe'/],
    ['lacks its training', (m) => ({ ...m, training: 3 }), /damaged: 'training'/],
    ['has odd threads', (m) => inTraining(m, { threads: 0 }), /damaged: 'training'/],
    ['has an odd device', (m) => inTraining(m, { device: 3 }), /damaged: 'training'/],
    ['has a broken schema', (m) => ({ ...m, schema: 'AAAA' }), /no readable Arrow schema/],
    ['has too few encoders', (m) => ({ ...m, encoders: [] }), /0 encoders for 7 columns/],
    [
      'has an unknown encoder',
      (m) => ({ ...m, encoders: Array(7).fill({ kind: 'x' }) }),
      /'x'|"x"/,
    ],
    [
      'leads out of the directory',
      (m) => ({ ...m, generator: { ...(m.generator as object), file: '../generator.onnx' } }),
      /damaged: 'generator'/,
    ],
    [
      'has networks of another shape',
      (m) => ({ ...m, recipe: { name: 'ctgan', options: { ...smallLatent(m), latent: 64 } } }),
      /input 'latent' has the shape \[batch,128\] instead of \[batch,64\]/,
    ],
    [
      'makes very many rows at once',
      (m) => ({ ...m, generator: { ...(m.generator as object), rows: 1e9 } }),
      /one run takes \d+ numbers/,
    ],
    [
      'names another hash',
      (m) => ({ ...m, generator: { ...(m.generator as object), sha256: sha256('x') } }),
      /SHA-256 differs/,
    ],
  ])('should refuse a model.json that %s', async (_what, change, message) => {
    await saveModel(model, directory);
    await editManifest(change);

    const loading = loadModel(directory);

    await expect(loading).rejects.toSatisfy(GanAugmentError.isInstance);
    await expect(loading).rejects.toThrow(message);
  });

  it('should load a model from before devices and threads were noted', async () => {
    await saveModel(model, directory);
    await editManifest((m) => inTraining(m, { device: undefined, threads: undefined }));

    const { training } = (await loadModel(directory)).manifest;

    expect(Object.keys(training)).not.toContain('device');
    expect(Object.keys(training)).not.toContain('threads');
    expect(Object.keys(model.manifest.training)).toContain('threads');
  });

  it('should refuse a generator that was changed, or is a link', async () => {
    const generator = join(directory, 'generator.onnx');
    await saveModel(model, directory);
    const bytes = await readFile(generator);
    bytes[100] = (bytes[100] as number) ^ 1;
    await writeFile(generator, bytes);

    await expect(loadModel(directory)).rejects.toThrow(ModelError);
    await rm(generator);
    await writeFile(join(root, 'elsewhere'), model.generator);
    await symlink('../elsewhere', generator);

    await expect(loadModel(directory)).rejects.toThrow(/not a regular file/);
  });

  it('should refuse a generator that is no ONNX file, even with the right hash', async () => {
    await saveModel(model, directory);
    await writeFile(join(directory, 'generator.onnx'), 'hello');
    await editManifest((m) => ({
      ...m,
      generator: { ...(m.generator as object), sha256: sha256('hello') },
    }));

    await expect(loadModel(directory)).rejects.toThrow(
      /is refused: it (is not an ONNX file|has no graph)/,
    );
  });
});
