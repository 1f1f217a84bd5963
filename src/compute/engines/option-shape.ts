import { about, type ShapeOf } from '../../options/option.js';
import { oneOf, wholeNumber } from '../../options/values.js';
import { deviceNames, type EngineOptions, engineNames } from './options.js';

/** The options of where to compute; which go together is for `checkEngineOptions` to say. */
export const engineShape: ShapeOf<EngineOptions> = {
  engine: about("what computes (default: 'auto')", oneOf(engineNames)),
  device: about('what it computes on; see inspect --engines', oneOf(deviceNames)),
  threads: about('threads of onnx on the cpu (default: 1)', wholeNumber({ from: 1, to: 1024 })),
};
