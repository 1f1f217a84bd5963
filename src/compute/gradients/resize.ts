import type { NamedAttrMap, Tensor } from '@tensorflow/tfjs-core';
import { linear, nearest, type ResizeRule, transposed } from '../mixture.js';
import { mixAlong } from './along.js';
import type { Gradients } from './gradient.js';

/** Resizing is a product with one matrix from each side; its gradient, with their transposes. */
const ofResize = (mixture: typeof nearest): Gradients[string] => ({
  inputsToSave: ['images'],
  gradFunc: (dy, [images], attributes: NamedAttrMap) => ({
    images: () => {
      const { size, ...resize } = attributes as unknown as ResizeRule & { size: [number, number] };
      const [, height = 1, width = 1] = (images as Tensor).shape;
      const rows = transposed(mixture(height, size[0], resize), height);
      const columns = transposed(mixture(width, size[1], resize), width);
      return mixAlong(mixAlong(dy as Tensor, 1, rows), 2, columns);
    },
  }),
});

export const resizeGradients: Gradients = {
  ResizeBilinear: ofResize(linear),
  ResizeNearestNeighbor: ofResize(nearest),
};
