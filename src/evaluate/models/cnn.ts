import { imagesOf } from '../../columns/column.js';
import { deviationOf, meanOf } from '../../columns/statistics.js';
import { openConvolutions, trainConvolutions } from '../image/convolutions.js';
import type { Trainer } from './model.js';

/** As many for any number of images: what differs between trainings is what they are shown. */
export const cnnSteps = 1000;

/**
 * A small convolutional network (two convolutions, 64 features, 1,000 steps of 64 images), of images
 * alone: it does not look at other columns.
 */
export const trainCnn: Trainer = async ({ features, target, weights }, task, seed, signal) => {
  const images = imagesOf(features);
  const isClass = task.kind === 'classification';
  const outputs = isClass ? task.classes : 1;
  // Numbers are learned in units of their spread.
  const scale = isClass ? { mean: 0, deviation: 1 } : scaleOf(target);
  const learned = await trainConvolutions(
    {
      ...images,
      teach(index, wanted, to) {
        const value = target[index] as number;
        if (isClass) wanted[to + value] = weights?.[index] ?? 1;
        else wanted[to] = (value - scale.mean) / scale.deviation;
      },
    },
    { outputs, learning: isClass ? 'classes' : 'numbers', steps: cnnSteps, seed, signal },
  );
  return async (rows) => {
    const network = await openConvolutions(images.shape, outputs, learned);
    try {
      const given = Float64Array.from(await network.see(imagesOf(rows), 'outputs'));
      return isClass
        ? probabilities(given, outputs)
        : given.map((value) => scale.mean + scale.deviation * value);
    } finally {
      await network.dispose();
    }
  };
};

function scaleOf(target: Float64Array) {
  const values = [...target];
  return { mean: meanOf(values) ?? 0, deviation: deviationOf(values) || 1 };
}

/** Softmax of each row. */
function probabilities(logits: Float64Array, classes: number): Float64Array {
  for (let from = 0; from < logits.length; from += classes) {
    const own = logits.subarray(from, from + classes);
    const highest = Math.max(...own);
    const total = own.reduce((sum, value) => sum + Math.exp(value - highest), 0);
    own.forEach((value, k) => {
      own[k] = Math.exp(value - highest) / total;
    });
  }
  return logits;
}
