import type { TensorRecipe } from '../recipe.js';
import type { TextSettings } from './settings.js';

/** What a GAN for texts is made of, and how it is trained. */
export interface TextRecipe extends TensorRecipe<object>, TextSettings {}
