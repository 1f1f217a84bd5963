import { getGradient, registerGradient, unregisterGradient } from '@tensorflow/tfjs-core';
import { convolutionGradients } from './convolution.js';
import { elementwiseGradients } from './elementwise.js';
import type { Gradients } from './gradient.js';
import { lookupGradients } from './lookup.js';
import { matmulGradients } from './matmul.js';
import { poolGradients } from './pool.js';
import { rearrangeGradients } from './rearrange.js';
import { reduceGradients } from './reduce.js';
import { resizeGradients } from './resize.js';
import { shapeGradients } from './shape.js';

/**
 * The gradient of every kernel that a trained step may use. tfjs-core ships none of its own in a
 * form that Node.js loads, and lacks some second-order ones. A new one belongs in the file of its
 * family.
 */
const gradients: Gradients = {
  ...convolutionGradients,
  ...elementwiseGradients,
  ...lookupGradients,
  ...matmulGradients,
  ...poolGradients,
  ...rearrangeGradients,
  ...reduceGradients,
  ...resizeGradients,
  ...shapeGradients,
};

/** Runs `body` with these gradients registered, and then gives the process its own back. */
export function withGradients<Result>(body: () => Result): Result {
  const previous = Object.keys(gradients).map((name) => [name, getGradient(name)] as const);
  for (const [kernelName, config] of Object.entries(gradients)) {
    registerGradient({ kernelName, ...config });
  }
  try {
    return body();
  } finally {
    for (const [name, config] of previous) {
      if (config) registerGradient(config);
      else unregisterGradient(name);
    }
  }
}
