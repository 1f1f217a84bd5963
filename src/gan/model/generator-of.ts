import type { ColumnEncoder } from '../../encode/encoder.js';
import type { Family, GeneratorSpec } from '../families/family.js';
import { familyName, findFamily } from '../families/registry.js';
import type { Manifest } from './manifest.js';

/** How the generator of a model is fed, and how what it gives is read. */
export function generatorOf({
  manifest,
  encoders,
}: {
  readonly manifest: Manifest;
  readonly encoders: readonly ColumnEncoder[];
}): GeneratorSpec {
  const { recipe } = manifest;
  // Reading the manifest has checked that there is such a family, and that it knows the recipe.
  const family = findFamily(familyName(recipe)) as Family;
  return family.generator(recipe.options, encoders);
}
