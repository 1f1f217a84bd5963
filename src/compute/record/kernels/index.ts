import { convolutionKernels } from './convolution.js';
import { elementwiseKernels } from './elementwise.js';
import type { KernelRecorders } from './kernel.js';
import { matmulKernels } from './matmul.js';
import { reduceKernels } from './reduce.js';
import { shapeKernels } from './shape.js';

/** Every tfjs kernel that can be recorded. A new one belongs in the file of its family. */
export const kernelRecorders: KernelRecorders = {
  ...convolutionKernels,
  ...elementwiseKernels,
  ...matmulKernels,
  ...reduceKernels,
  ...shapeKernels,
};
