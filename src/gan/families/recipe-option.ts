import type { ImageShape } from '../../encode/image/layout.js';
import type { VideoShape } from '../../encode/video/layout.js';
import type { SequenceRecipe } from './sequence/recipe.js';
import type { CopulaRecipe } from './statistical/copula/recipe.js';
import type { SmoteRecipe } from './statistical/smote/recipe.js';
import type { AutoregressiveRecipe } from './tabular/autoregressive/recipe.js';
import type { PrivateRecipe } from './tabular/ctgan/private/recipe.js';
import type { TabularRecipe } from './tabular/ctgan/recipe.js';
import type { VariationalRecipe } from './tabular/tvae/recipe.js';
import type { OpaqueTensorRecipe } from './tensor/opaque-recipe.js';
import type { SoundSettings } from './tensor/sound/settings.js';
import type { GruRecipe } from './tensor/text/gru/recipe.js';
import type { MarkovRecipe } from './tensor/text/markov/recipe.js';
import type { TextSettings } from './tensor/text/settings.js';
import type { ContrastRecipe, CycleRecipe, LabelRecipe, PairRecipe } from './translation/recipe.js';

// Said again, instead of taken from the registry, whose types are of tfjs.
type TabularName = 'tabular' | 'ctgan';
type PrivateName = 'dp-tabular';
type VariationalName = 'tvae';
type AutoregressiveName = 'autoregressive';
type StatisticalName = 'smote-nc' | 'copula' | 'bootstrap';
type ImageName = 'vanilla' | 'cgan' | 'dcgan' | 'dcgan-r1' | 'acgan' | 'wgan' | 'wgan-gp' | 'sngan';
type SoundName = 'specgan-r1' | 'wavegan' | 'specgan';
type VideoName = 'video';
type SequenceName = 'doppelganger';
type MarkovName = 'markov';
type GruName = 'gru';
type TextName = 'text' | 'text-wgan-gp';
type LabelName = 'label-mean' | 'label-intensities';
type PairName = 'pix2pix';
type CycleName = 'cyclegan';
type ContrastName = 'cut';

type Difference<Name, Recipe> = { readonly base: Name } & Partial<Recipe>;

/** Names of the recipes of all families. */
export type RecipeName =
  | TabularName
  | PrivateName
  | VariationalName
  | AutoregressiveName
  | StatisticalName
  | ImageName
  | SoundName
  | VideoName
  | SequenceName
  | MarkovName
  | GruName
  | TextName
  | LabelName
  | PairName
  | CycleName
  | ContrastName;

/**
 * How to train: the name of a recipe, or what is different from the one called `base`.
 *
 * ```ts
 * { base: 'tabular', batch: 250, pack: 5 }
 * { base: 'dcgan', loss: 'hinge', generator: (args) => myNetwork(args) }
 * ```
 *
 * A recipe with functions trains on the calling thread. Networks and losses are opaque here; their
 * types are in gan-augment/networks.
 */
export type RecipeOption =
  | RecipeName
  | Difference<TabularName, TabularRecipe>
  | Difference<PrivateName, PrivateRecipe>
  | Difference<VariationalName, VariationalRecipe>
  | Difference<AutoregressiveName, AutoregressiveRecipe>
  | Difference<'smote-nc', SmoteRecipe>
  | Difference<'copula', CopulaRecipe>
  | Difference<SequenceName, SequenceRecipe>
  | Difference<MarkovName, MarkovRecipe>
  | Difference<GruName, GruRecipe>
  | Difference<TextName, OpaqueTensorRecipe<object> & TextSettings>
  | Difference<ImageName, OpaqueTensorRecipe<ImageShape>>
  | Difference<SoundName, OpaqueTensorRecipe<object> & SoundSettings>
  | Difference<VideoName, OpaqueTensorRecipe<VideoShape>>
  | Difference<LabelName, LabelRecipe>
  | Difference<PairName, PairRecipe>
  | Difference<CycleName, CycleRecipe>
  | Difference<ContrastName, ContrastRecipe>;
