import { about } from '../../../options/option.js';
import { wholeNumber } from '../../../options/values.js';

/** The option for how many threads `verb` row groups. */
export const engineThreads = (verb: 'decode' | 'encode') =>
  about(
    `threads that ${verb} row groups (default: 2, and 0 on one core)`,
    wholeNumber({ from: 0, to: 64 }),
  );
