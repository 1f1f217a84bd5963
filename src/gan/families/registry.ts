import type { Family } from './family.js';
import { sequenceFamily } from './sequence/family.js';
import { bootstrapFamily } from './statistical/bootstrap/family.js';
import { copulaFamily } from './statistical/copula/family.js';
import { smoteFamily } from './statistical/smote/family.js';
import { autoregressiveFamily } from './tabular/autoregressive/family.js';
import { ctganFamily } from './tabular/ctgan/family.js';
import { privateFamily } from './tabular/ctgan/private/family.js';
import { tvaeFamily } from './tabular/tvae/family.js';
import { imageFamily } from './tensor/image/family.js';
import { soundFamily } from './tensor/sound/family.js';
import { textFamily } from './tensor/text/family.js';
import { gruFamily } from './tensor/text/gru/family.js';
import { markovFamily } from './tensor/text/markov/family.js';
import { videoFamily } from './tensor/video/family.js';
import { domainFamily } from './translation/domains/family.js';
import { labelFamily } from './translation/labels/family.js';
import { pairFamily } from './translation/pairs/family.js';

/**
 * Every family. Of those that take a table by default the last one is chosen: what is special stands
 * behind what is general.
 */
const registered = [
  smoteFamily,
  copulaFamily,
  bootstrapFamily,
  autoregressiveFamily,
  ctganFamily,
  tvaeFamily,
  privateFamily,
  sequenceFamily,
  markovFamily,
  gruFamily,
  textFamily,
  videoFamily,
  soundFamily,
  imageFamily,
  labelFamily,
  pairFamily,
  domainFamily,
] as const;

/** A family of the registry, with its own recipe. */
export type RegisteredFamily = (typeof registered)[number];

export const families: readonly Family[] = registered;

/** Name of the family of a saved recipe: models of tables that are older do not say. */
export function familyName(recipe: { readonly family?: unknown }): string {
  return recipe.family === undefined ? 'tabular' : String(recipe.family);
}

/** The family of that name; undefined if there is none. */
export function findFamily(name: string): Family | undefined {
  return families.find((family) => family.name === name);
}
