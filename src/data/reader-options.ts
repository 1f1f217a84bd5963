import { listOf } from '../options/composed.js';
import { about } from '../options/option.js';
import { abortSignal, seed, text, wholeNumber } from '../options/values.js';

/** Options that readers and writers have in common. */
export const commonOptions = {
  signal: abortSignal(),
  name: about('names the source in messages', text('a name')),
  batchRows: about('rows of a batch, at most', wholeNumber({ from: 1 })),
  shuffle: about('shuffle by this seed', seed()),
  columns: about(
    'read these columns alone',
    listOf(text('the name of a column'), 'an array of names of columns'),
  ),
};
