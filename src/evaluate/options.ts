import type { RowsSource } from '../columns/draw-rows.js';
import type { ComparedAs } from '../columns/read-cells.js';
import { recordOf } from '../options/composed.js';
import { about } from '../options/option.js';
import { custom, oneOf } from '../options/values.js';

/** How columns are compared, by their names. */
export const comparedColumns = about(
  'how columns are compared, where their type should not decide',
  recordOf<ComparedAs>(
    oneOf(['numeric', 'categorical', 'text', 'ignore']),
    "an object of 'numeric', 'categorical', 'text' or 'ignore' by column",
  ),
);

/** Rows, in memory or in batches that come one after the other. */
export const rowsOption = custom<RowsSource>(
  'record batches',
  (value) => typeof value === 'object' && value !== null,
);
