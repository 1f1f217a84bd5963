import { addIntoGemm } from './add-into-gemm.js';
import { type Pass, type Plan, prune } from './plan.js';

/** What turns a recorded plan into a faster one, in this order. */
const passes: readonly Pass[] = [addIntoGemm, prune];

/** A plan for the same results, that onnxruntime computes faster. */
export function optimise(plan: Plan): Plan {
  return passes.reduce((better, pass) => pass(better), plan);
}
