import { InvalidOptionError } from '../../errors.js';

/** Refuses to make rows from nothing. @throws InvalidOptionError */
export function needsSource(): never {
  throw new InvalidOptionError(
    'the model makes rows from real ones, and has none. Give it a source: translateBatches, or ' +
      'sample MODEL --from FILE',
  );
}
