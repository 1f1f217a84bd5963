import { InvalidArgumentError, Option } from 'commander';
import { readCsvOptions } from '../data/csv/options.js';
import { type CsvType, csvTypes } from '../data/csv/types.js';
import { isDataPath, standardStream, textFormat } from '../data/formats.js';
import type { TextFileOptions } from '../data/text-files.js';
import { InvalidOptionError } from '../errors.js';
import { closestName } from '../options/closest-name.js';
import { flagOf } from './flag.js';
import { splitNames, splitPair } from './names.js';

/** What `readingOptions` parse to. */
export interface ReadingFlags {
  readonly delimiter?: string;
  /** False for --no-header. */
  readonly header?: boolean;
  readonly nulls?: readonly string[];
  readonly trim?: true;
  readonly type?: ColumnTypes;
  readonly decimal?: '.' | ',';
  readonly thousands?: string;
  readonly dateFormat?: string;
  readonly skipLines?: number;
  readonly duplicateNames?: 'refuse' | 'number';
  readonly sampleRows?: number;
  readonly encoding?: string;
}

const { shape } = readCsvOptions;

/** Options of how CSV, and in part JSON lines, are read. */
export const readingOptions = () =>
  [
    flagOf('--delimiter <text>', shape.delimiter, ' (default: found)').argParser(delimiter),
    new Option('--no-header', 'the first row is no header: columns are column0, column1, …'),
    new Option(
      '--nulls <texts>',
      'texts that stand for null, instead of the usual ones: NA,-',
    ).argParser(splitNames),
    new Option('--trim', shape.trim.about),
    new Option(
      '--type <column=type>',
      `what a column is read as, of JSON lines too: ${csvTypes.join(', ')}; may be given several times`,
    ).argParser(addType),
    flagOf('--decimal <sign>', shape.decimal, ' (default: .)'),
    flagOf('--thousands <text>', shape.thousands),
    flagOf('--date-format <format>', shape.dateFormat, ', such as dd.mm.yyyy'),
    flagOf('--skip-lines <n>', shape.skipLines),
    flagOf('--duplicate-names <how>', shape.duplicateNames),
    flagOf('--sample-rows <n>', shape.sampleRows, ', of JSON lines too (default: 10000)'),
    flagOf('--encoding <label>', shape.encoding, ', such as latin1 (default: utf-8)'),
  ].map((option) => option.helpGroup('Reading CSV:'));

function delimiter(text: string): string {
  return text === '\\t' || text === 'tab' ? '\t' : text;
}

type ColumnTypes = Readonly<Record<string, CsvType>>;

function addType(text: string, before: ColumnTypes = {}): ColumnTypes {
  const [name, type] = splitPair(text, 'zip=utf8');
  const known = csvTypes.find((each) => each === type);
  if (known) return { ...before, [name]: known };
  throw new InvalidArgumentError(
    `It must be a column and a type, such as zip=utf8. Did you mean ${closestName(type, csvTypes)}?`,
  );
}

/**
 * The library's options for what `readingOptions` parse to; undefined where none was given.
 *
 * @throws InvalidOptionError where no input can be read by them.
 */
export function readingFrom(
  { type, sampleRows, ...flags }: ReadingFlags,
  inputs: readonly string[],
): TextFileOptions | undefined {
  const { delimiter: separator, header, nulls, trim, decimal, thousands } = flags;
  const { dateFormat, skipLines, duplicateNames, encoding } = flags;
  const csv = {
    ...{ delimiter: separator, nulls, trim, decimal, thousands, dateFormat, skipLines, encoding },
    duplicateNames,
    ...(header === false ? { header } : {}),
  };
  const isForCsv = Object.values(csv).some((value) => value !== undefined);
  const isForBoth = type !== undefined || sampleRows !== undefined;
  if (!isForCsv && !isForBoth) return undefined;
  const couldBe = (format: 'csv' | 'json-lines') => (input: string) =>
    textFormat(input) === format || (input !== standardStream && !isDataPath(input));
  if (
    !inputs.some((input) => couldBe('csv')(input) || (!isForCsv && couldBe('json-lines')(input)))
  ) {
    const names = isForCsv ? 'CSV' : 'CSV or JSON lines';
    throw new InvalidOptionError(
      `options of reading ${names} were given, and no input is such: ${inputs.join(' ')}. Leave them out`,
    );
  }
  return {
    csv: { ...csv, types: type, sampleRows },
    jsonLines: { types: type, sample: sampleRows },
  };
}
