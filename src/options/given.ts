import { InvalidOptionError } from '../errors.js';
import { describeValue } from './describe-value.js';

/**
 * Refuses an argument that is missing, or no object, before anything is done with it: callers of plain
 * JavaScript are told so in our words.
 *
 * @param name The argument's.
 * @param wanted What it must be, as in 'a Schema'.
 * @throws InvalidOptionError that names it, and what it got.
 */
export function assertGiven(value: unknown, name: string, wanted: string): asserts value is object {
  if (typeof value === 'object' && value !== null) return;
  const got = value === undefined ? 'it is missing' : describeValue(value);
  throw new InvalidOptionError(`${name} must be ${wanted}: ${got}`);
}
