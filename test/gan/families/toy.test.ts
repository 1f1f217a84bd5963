import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join, posix, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { RecordBatch } from 'apache-arrow';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { sampleBatches } from '../../../src/augment/sample-batches.js';
import type { Family } from '../../../src/gan/families/family.js';
import { resolveRecipe } from '../../../src/gan/families/recipes.js';
import { fitModel } from '../../../src/gan/fit/fit.js';
import { loadModel, saveModel } from '../../../src/gan/model/directory.js';
import { penguins } from '../../augment/penguins.js';
import { collect } from '../../data/support/arbitrary-batches.js';

const added = vi.hoisted((): { families: unknown[] } => ({ families: [] }));

// The one line of the registry.
vi.mock('../../../src/gan/families/registry.js', async (original) => {
  const real = await original<typeof import('../../../src/gan/families/registry.js')>();
  const all = () => [...real.families, ...(added.families as Family[])];
  return {
    ...real,
    get families() {
      return all();
    },
    findFamily: (name: string) => all().find((family) => family.name === name),
  };
});

const root = resolve(import.meta.dirname, '../../..');
let directory: string;
let toy: Family;
let rows: RecordBatch;

/** The family in CONTRIBUTING.md, as it would stand in src/gan/families/toy/family.ts. */
async function readFamily(): Promise<Family> {
  const text = await readFile(join(root, 'CONTRIBUTING.md'), 'utf8');
  const section = text.split(/^## /m).find((each) => each.startsWith('A family')) ?? '';
  const code = section.match(/```ts\n([\s\S]*?)```/)?.[1] ?? '';
  const path = join(directory, 'family.ts');
  const moved = code.replaceAll(/'(\.\.?\/[^']+)\.js'/g, (_whole, target: string) => {
    const source = posix.join(root, 'src/gan/families/toy', `${target}.ts`);
    return `'${pathToFileURL(source).href}'`;
  });
  await writeFile(path, moved);
  const { toyFamily } = await import(/* @vite-ignore */ pathToFileURL(path).href);
  return toyFamily;
}

beforeAll(async () => {
  await mkdir(join(root, 'out'), { recursive: true });
  directory = await mkdtemp(join(root, 'out', 'toy-'));
  rows = await penguins();
  toy = await readFamily();
  added.families.push(toy);
});
afterAll(() => rm(directory, { recursive: true, force: true }));

describe('the family in CONTRIBUTING.md', () => {
  it('should train, be saved, load and make rows by no more than its line in the registry', async () => {
    const { recipe } = resolveRecipe('toy', [toy]);
    expect(recipe).toEqual({ latent: 2, batch: 16 });
    const losses: number[] = [];

    const trained = await fitModel(rows.schema, [rows], {
      recipe: 'toy' as never,
      steps: 60,
      thread: 'caller',
      onStep: (step) => losses.push(step.losses.moments as number),
    });
    const saved = join(directory, 'model');
    await saveModel(trained, saved);
    const model = await loadModel(saved);
    const made = await collect(sampleBatches(model, { rows: 50, seed: 1 }));

    expect(losses.at(-1)).toBeLessThan((losses[0] as number) / 2);
    expect(made.reduce((sum, batch) => sum + batch.numRows, 0)).toBe(50);
    expect(made[0]?.schema.fields.map(({ name }) => name)).toEqual(
      rows.schema.fields.map(({ name }) => name),
    );
  });

  it('should refuse what its recipe cannot be', () => {
    expect(() => resolveRecipe({ base: 'toy', latent: 0 }, [toy])).toThrow(
      /fit\.recipe\.latent must be a positive whole number: 0/,
    );
  });
});
