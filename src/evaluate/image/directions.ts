import { readFirstProduct } from '../../compute/onnx/first-product.js';
import { InvalidOptionError } from '../../errors.js';
import type { Model } from '../../gan/model/model.js';
import { eigenvectors } from './eigen.js';

/**
 * The directions in which a generator's latent vectors change its images most (SeFa, Shen and Zhou
 * 2021): the eigenvectors of WWᵀ with the largest eigenvalues, where W is the weight of the layer
 * that the latent vector goes into. Nothing is trained, and no image is made.
 *
 * @returns `count` unit vectors, or as many as the latent vector is long, the strongest first.
 * @throws InvalidOptionError for a generator whose latent vector goes into no such layer.
 */
export function findDirections(model: Model, count: number): Float32Array[] {
  const { latent } = model.manifest.recipe.options as { readonly latent: number };
  const weight = readFirstProduct(model.generator, 'latent');
  if (!weight || weight.inputs < latent) {
    throw new InvalidOptionError(
      `the model has no directions: ${model.manifest.recipe.name}. Use one whose latent vector goes ` +
        'into a dense layer first',
    );
  }
  const product = new Float64Array(latent * latent);
  for (let i = 0; i < latent; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = 0; k < weight.outputs; k++) {
        sum +=
          (weight.values[i * weight.outputs + k] as number) *
          (weight.values[j * weight.outputs + k] as number);
      }
      product[i * latent + j] = sum;
      product[j * latent + i] = sum;
    }
  }
  return eigenvectors(product, latent).slice(0, count);
}
