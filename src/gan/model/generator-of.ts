import type { ColumnEncoder } from '../../encode/encoder.js';
import { ModelError } from '../../errors.js';
import {
  type DirectFamily,
  type Family,
  type GeneratorSpec,
  isDirect,
} from '../families/family.js';
import { familyName, findFamily } from '../families/registry.js';
import type { Manifest } from './manifest.js';

/** The part of a model that says how its rows are made. */
interface Described {
  readonly manifest: Manifest;
  readonly encoders: readonly ColumnEncoder[];
}

/**
 * How the generator of a model is fed, and how what it gives is read.
 *
 * @throws ModelError for a model that has no network.
 */
export function generatorOf({ manifest, encoders }: Described): GeneratorSpec {
  const { recipe } = manifest;
  const family = familyOf(manifest);
  if (!isDirect(family)) return family.generator(recipe.options, encoders);
  throw new ModelError(
    `a model of recipe '${recipe.name}' has no network. Use one that was trained`,
  );
}

/** The family of a model that makes rows without a network; undefined for others. */
export function directFamilyOf(manifest: Manifest): DirectFamily | undefined {
  const family = familyOf(manifest);
  return isDirect(family) ? family : undefined;
}

function familyOf({ recipe }: Manifest): Family {
  // Reading the manifest has checked that there is such a family, and that it knows the recipe.
  return findFamily(familyName(recipe)) as Family;
}
