import { engineShape } from '../../compute/engines/option-shape.js';
import { devices } from '../../compute/engines/options.js';
import { about, type ShapeOf } from '../../options/option.js';
import { oneOf } from '../../options/values.js';
import type { SamplingTarget } from './sampling-target.js';

/** The options of where synthetic rows are made. */
export const samplingShape: ShapeOf<SamplingTarget> = {
  device: about('what rows are made on; see inspect --engines', oneOf(devices.onnx)),
  threads: engineShape.threads,
};
