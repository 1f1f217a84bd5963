// Recipes with networks and losses of your own.
export type {
  CriticArgs,
  GeneratorArgs,
  LatentDistribution,
  OpaqueLoss,
  OpaqueNetwork,
  OpaqueTensorRecipe,
  TensorCriticArgs,
  TensorGeneratorArgs,
} from './gan/families/tensor/opaque-recipe.js';
export type { ImageRecipe, TensorRecipe } from './gan/families/tensor/recipe.js';
export type { SoundRecipe } from './gan/families/tensor/sound/recipe.js';
export type { TextRecipe } from './gan/families/tensor/text/recipe.js';
// Losses.
export { type AdversarialLoss, losses } from './gan/losses/adversarial.js';
export type { LossName } from './gan/losses/names.js';
// Networks.
export { type Initializer, normal } from './nn/initializers.js';
export type { BuiltLayer, InputSpec, Layer } from './nn/layer.js';
export { leakyRelu, relu, softmax, tanh } from './nn/layers/activations.js';
export { batchNorm } from './nn/layers/batch-norm.js';
export { convolution, crop, transposedConvolution } from './nn/layers/convolution.js';
export { convolution1d, crop1d, transposedConvolution1d } from './nn/layers/convolution-1d.js';
export { dense } from './nn/layers/dense.js';
export { dropout } from './nn/layers/dropout.js';
export { flatten } from './nn/layers/flatten.js';
export { layerNorm } from './nn/layers/instance-norm.js';
export { joinLabel, multiplyLabel, projectLabel } from './nn/layers/labels.js';
export { phaseShuffle } from './nn/layers/phase-shuffle.js';
export { residual } from './nn/layers/residual.js';
export type {
  CallOptions,
  DropoutMask,
  LayerNoise,
  Network,
  SharedUniforms,
} from './nn/network.js';
export { sequential } from './nn/sequential.js';
