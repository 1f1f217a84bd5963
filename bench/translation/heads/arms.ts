import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { RecordBatch } from 'apache-arrow';
import { translateBatches } from '../../../src/augment/translate-batches.js';
import type { RecipeOption } from '../../../src/gan/families/recipe-option.js';
import { fitModel } from '../../../src/gan/fit/fit.js';
import { loadModel, saveModel } from '../../../src/gan/model/directory.js';
import type { Model } from '../../../src/gan/model/model.js';
import { deformSlices } from './deform.js';
import { bothSlices, type Slices, slicesBatch, slicesOf } from './slices.js';
import { drawFor } from './volumes.js';

/** Makers of slices from labels that are compared. */
const makers: Readonly<Record<string, RecipeOption>> = {
  'label-mean': 'label-mean',
  'label-intensities': 'label-intensities',
  'label-intensities-any-contrast': { base: 'label-intensities', contrast: 'random' },
  pix2pix: { base: 'pix2pix', filters: 16, criticFilters: 16 },
};

/** Deformed slices for each real one. */
const times = 2;

/** Each maker, fitted to the real slices; those that lie in the folder already are loaded. */
export async function fitMakers(
  real: Slices,
  { steps, seed, out }: { readonly steps: number; readonly seed: number; readonly out: string },
): Promise<Record<string, Model>> {
  const batch = slicesBatch(real);
  const models: Record<string, Model> = {};
  for (const [name, recipe] of Object.entries(makers)) {
    const path = join(out, name);
    if (existsSync(path)) {
      models[name] = await loadModel(path);
      continue;
    }
    const before = process.cpuUsage();
    const training = name === 'pix2pix' ? { steps, patience: false as const } : {};
    const model = await fitModel(batch.schema, [batch], {
      ...{ recipe, translate: { from: 'labels', to: 'slice' }, seed },
      ...training,
    });
    const { user, system } = process.cpuUsage(before);
    console.log(`${name}: fitted in ${((user + system) / 1e6).toFixed(0)} s of processor`);
    await saveModel(model, path);
    models[name] = model;
  }
  return models;
}

/** What makes the images of deformed labels that a segmenter learns from, beside the real ones or alone. */
export interface Arm {
  readonly hasReal: boolean;
  /** Name of a maker; 'deformed' for the real images, deformed as their labels are. */
  readonly maker?: string;
}

/** What segmenters are trained on, by name. */
export const arms: Readonly<Record<string, Arm>> = {
  'real alone': { hasReal: true },
  'real + deformed': { hasReal: true, maker: 'deformed' },
  'real + label-intensities': { hasReal: true, maker: 'label-intensities' },
  'real + label-intensities, any contrast': {
    hasReal: true,
    maker: 'label-intensities-any-contrast',
  },
  'real + pix2pix': { hasReal: true, maker: 'pix2pix' },
  'label-intensities, any contrast, alone': {
    hasReal: false,
    maker: 'label-intensities-any-contrast',
  },
  'pix2pix alone': { hasReal: false, maker: 'pix2pix' },
};

/** The slices of an arm. Every maker is given the same deformed labels: what differs is the image. */
export async function slicesOfArm(
  { hasReal, maker }: Arm,
  real: Slices,
  models: Readonly<Record<string, Model>>,
  seed: number,
): Promise<Slices> {
  if (maker === undefined) return real;
  const deformed = deformSlices(real, times, drawFor(seed, 'deform'));
  const model = models[maker];
  const made = model ? await makeOf(model, deformed, seed) : deformed;
  return hasReal ? bothSlices(real, made) : made;
}

/** Slices that a model makes of the labels of others. */
export async function makeOf(model: Model, slices: Slices, seed: number): Promise<Slices> {
  const made: RecordBatch[] = [];
  for await (const batch of translateBatches(model, [slicesBatch(slices)], { seed })) {
    made.push(batch);
  }
  return slicesOf(made);
}
