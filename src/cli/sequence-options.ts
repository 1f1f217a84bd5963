import { Option } from 'commander';
import type { SequenceOptions } from '../data/sequences/options.js';
import { InvalidOptionError } from '../errors.js';
import { columnNames } from './options.js';

/** What `sequenceOptions` parse to. */
export interface SequenceFlags {
  readonly sequenceBy?: readonly string[];
  readonly orderBy?: string;
  readonly attributes?: readonly string[];
}

/** Options of long tables of events. */
export const sequenceOptions = () =>
  [
    new Option(
      '--sequence-by <columns>',
      'a long table of events: the rows of each value of these columns, which lie together, are one sequence',
    ).argParser(columnNames),
    new Option('--order-by <column>', 'the column that orders the rows of a sequence'),
    new Option(
      '--attributes <columns>',
      'columns that have one value in each sequence (default: those that do)',
    ).argParser(columnNames),
  ].map((option) => option.helpGroup('Sequences:'));

/** The library's option for what `sequenceOptions` parse to. */
export function sequenceFrom({
  sequenceBy,
  orderBy,
  attributes,
}: SequenceFlags): SequenceOptions | undefined {
  if (sequenceBy !== undefined) return { by: sequenceBy, orderBy, attributes };
  const alone = Object.entries({ '--order-by': orderBy, '--attributes': attributes });
  const [flag] = alone.find(([, value]) => value !== undefined) ?? [];
  if (flag === undefined) return undefined;
  throw new InvalidOptionError(`${flag} is of sequences. Give --sequence-by too`);
}
