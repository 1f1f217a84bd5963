import { type AugmentOptions, augmentOptions } from '../../augment/options/augment-options.js';
import { checkOptions } from '../../options/check.js';
import { object } from '../../options/composed.js';

/** Options that a stream can have of its own; the model is the worker's. */
export type StreamOptions = Pick<
  AugmentOptions,
  | 'ratio'
  | 'seed'
  | 'partition'
  | 'rowsBefore'
  | 'mode'
  | 'placement'
  | 'limit'
  | 'mark'
  | 'where'
  | 'balance'
>;

const { ratio, seed, partition, rowsBefore, mode, placement, limit, mark, where, balance } =
  augmentOptions.shape;
const streamOptions = object<StreamOptions>({
  ...{ ratio, seed, partition, rowsBefore, mode, placement, limit, mark, where, balance },
});

/**
 * The options of a stream from a client's JSON.
 *
 * @throws InvalidOptionError for what is no option of a stream.
 */
export function parseStreamOptions(json: unknown): StreamOptions {
  checkOptions(streamOptions, json);
  return json;
}
