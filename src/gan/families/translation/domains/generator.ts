import type { Tensor } from '@tensorflow/tfjs-core';
import { exportOnnx } from '../../../../compute/export.js';
import type { HostTensors } from '../../../../compute/tensor.js';
import { type DomainEncoder, isDomainEncoder } from '../../../../encode/columns/domain.js';
import type { ColumnEncoder } from '../../../../encode/encoder.js';
import type { ImageShape } from '../../../../encode/image/layout.js';
import { isTensorEncoder, type TensorEncoder } from '../../../../encode/tensor/encoder.js';
import { scope } from '../../../../nn/scope.js';
import { type GeneratorSpec, sourceInput } from '../../family.js';
import { needsSource } from '../../needs-source.js';
import { imageShapeOf } from '../columns.js';
import { residualGenerator } from '../networks/residual.js';
import type { DomainRecipe } from '../recipe.js';
import { samplingInputs, samplingOutputs } from './inputs.js';

/** The encoders of the images and of their domains; undefined for other columns. */
export function domainEncoders(
  encoders: readonly ColumnEncoder[],
): readonly [TensorEncoder, DomainEncoder] | undefined {
  const [images, domains] = encoders;
  if (encoders.length !== 2 || !images || !isTensorEncoder(images)) return undefined;
  const isImage = images.kind === 'image' || images.kind === 'label-map';
  return isImage && isDomainEncoder(domains) ? [images, domains] : undefined;
}

/** A generator for whole images, as it is run. */
export function wholeGenerator({ filters, blocks }: DomainRecipe, image: ImageShape) {
  const generator = residualGenerator(image, { filters, blocks });
  return (weights: Parameters<typeof generator.apply>[0], fed: Record<string, Tensor>) => ({
    images: generator.apply(weights, fed[sourceInput] as Tensor, { training: false }).y,
  });
}

/**
 * Exports a generator as an ONNX file: images in, images [batch, ...shape] in [−1, 1] out.
 *
 * @param prefix Of its weights in the state.
 */
export function exportDomainGenerator(
  recipe: DomainRecipe,
  encoder: TensorEncoder,
  state: HostTensors,
  prefix: string,
): Uint8Array {
  const image = imageShapeOf(encoder);
  const apply = wholeGenerator(recipe, image);
  return exportOnnx({
    step: (weights, fed) => ({ state: {}, outputs: apply(weights, fed) }),
    state: scope(state, prefix),
    inputs: (rows) => samplingInputs(image, rows),
    name: 'generator',
  });
}

/** Describes how a generator is fed real rows' images, and how what it makes of them is read. */
export function domainGenerator(
  _recipe: DomainRecipe,
  encoders: readonly ColumnEncoder[],
): GeneratorSpec {
  const [images, domains] = domainEncoders(encoders) as readonly [TensorEncoder, DomainEncoder];
  const image = imageShapeOf(images);
  const [from, to] = domains.levels;
  return {
    inputs: (rows) => samplingInputs(image, rows),
    outputs: (rows) => samplingOutputs(image, rows),
    fillData() {},
    decode: needsSource,
    translation: {
      source: 0,
      made: 0,
      domain: { place: 1, from, to, write: (rows) => domains.write(rows) },
      read: (vector) => images.read(vector),
      write: ({ outputs }) => images.write(outputs.images?.values as Float32Array),
    },
  };
}
