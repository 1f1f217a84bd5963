import { convolutionKernels } from './convolution.js';
import { depthwiseKernels } from './depthwise.js';
import { elementwiseKernels } from './elementwise.js';
import type { KernelRecorders } from './kernel.js';
import { lookupKernels } from './lookup.js';
import { matmulKernels } from './matmul.js';
import { poolKernels } from './pool.js';
import { rearrangeKernels } from './rearrange.js';
import { reduceKernels } from './reduce.js';
import { resizeKernels } from './resize.js';
import { shapeKernels } from './shape.js';

/** Every tfjs kernel that can be recorded. A new one belongs in the file of its family. */
export const kernelRecorders: KernelRecorders = {
  ...convolutionKernels,
  ...depthwiseKernels,
  ...elementwiseKernels,
  ...lookupKernels,
  ...matmulKernels,
  ...poolKernels,
  ...rearrangeKernels,
  ...reduceKernels,
  ...resizeKernels,
  ...shapeKernels,
};
