import { InvalidOptionError } from '../../errors.js';
import { either, object } from '../../options/composed.js';
import type { ShapeOf } from '../../options/option.js';
import { boolean, number, oneOf } from '../../options/values.js';
import type { Initializer } from '../initializers.js';

/** How a layer with weights is made. */
export interface WeightOptions {
  /** Default 'uniform'. */
  readonly initializer?: Initializer | undefined;
  /** Default true. A normalisation behind the layer takes the bias away again. */
  readonly bias?: boolean | undefined;
  /** Divides the weights by their largest singular value. Default false. */
  readonly spectralNorm?: boolean | undefined;
}

/** What these options may be. */
export const weightOptions: ShapeOf<WeightOptions> = {
  initializer: either([
    oneOf(['uniform', 'glorot']),
    object<{ readonly deviation: number }>({ deviation: number({ from: 0 }) }),
  ]),
  bias: boolean(),
  spectralNorm: boolean(),
};

/** Refuses a number of units or filters that no layer can have. */
export function checkUnits(units: number, what: string): void {
  if (Number.isSafeInteger(units) && units > 0) return;
  throw new InvalidOptionError(`${what} must be a positive whole number: ${units}`);
}
