import { either, object, recordOf } from '../../options/composed.js';
import { about, hinted, type Option, required } from '../../options/option.js';
import { number, text } from '../../options/values.js';

/** A ratio of its own for each class of a column. */
export interface ClassRatios {
  /** A column of text, booleans or whole numbers. */
  readonly column: string;
  /**
   * Ratios by class, as text: `{ fraud: 0.5, ok: 0.1 }`, `{ true: 0.5 }`. After n real rows of a
   * class, floor(n · r / (1 − r)) synthetic rows of that class have been put out.
   */
  readonly classes: Readonly<Record<string, number>>;
  /** Ratio of the rows of all other classes together, and of nulls. Default 0. */
  readonly otherwise?: number | undefined;
}

/** One ratio for all rows, or one for each class. */
export type RatioOption = number | ClassRatios;

const share = number({ from: 0, below: 1 });

const classRatios = object<ClassRatios>({
  column: about('column of classes', required(text('the name of a column'))),
  classes: about(
    'ratios by class',
    required(
      hinted(
        'Give { fraud: 0.5, ok: 0.1 }',
        recordOf(share, 'ratios by class', (name) => `['${name}']`),
      ),
    ),
  ),
  otherwise: about('ratio of all other classes (default: 0)', share),
});

export const ratioOption: Option<RatioOption> = about(
  'share of the output rows that is synthetic, in [0, 1)',
  either([share, classRatios], 'a number in [0, 1)'),
);
