import { object, recordOf } from '../options/composed.js';
import { about, hinted } from '../options/option.js';
import { oneOf, wholeNumber } from '../options/values.js';
import type { ColumnOptions } from './column-options.js';

const columnOptions = hinted(
  "Give { kind: 'categorical' }",
  object<ColumnOptions>({
    kind: about(
      'what to learn the column as',
      oneOf([
        'continuous',
        'integer',
        'categorical',
        'boolean',
        'temporal',
        'identifier',
        'resample',
        'text',
        'null',
      ]),
    ),
    maximumLevels: about('levels of a text column, at most', wholeNumber({ from: 1 })),
    unmodelled: about('where it cannot be learned: null, or refused', oneOf(['null', 'refuse'])),
  }),
);

/** What is said of columns, by their names. */
export const columnsOption = about(
  'what a column is to be learned as, where that should not be inferred',
  recordOf(columnOptions, 'an object of options by column'),
);
