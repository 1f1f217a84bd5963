import { InvalidOptionError } from '../../errors.js';
import { type CsvType, csvTypes } from './types.js';

/** What {@link readCsvBatches} can be told. */
export interface ReadCsvOptions {
  /** What separates cells. Default: a comma, or a tab for a path that ends in `.tsv`. */
  readonly delimiter?: string | undefined;
  /** Whether the first row names the columns; an array names them where no row does. Default: true. */
  readonly header?: boolean | readonly string[] | undefined;
  /** What encloses cells that hold delimiters or line breaks; false: nothing does. Default: `"`. */
  readonly quote?: string | false | undefined;
  /** What stands before a quote inside of quotes. Default: another quote. */
  readonly escape?: string | undefined;
  /** Texts that stand for null, quoted or not. Default: the empty text alone. */
  readonly nulls?: readonly string[] | undefined;
  /** Whether spaces around a cell that is not quoted are left out. Default: false. */
  readonly trim?: boolean | undefined;
  /** Types of columns, by name. Default: what the first rows fit. */
  readonly types?: Readonly<Record<string, CsvType>> | undefined;
  /** Rows that types are inferred from; fewer if they are over 64 MiB. Default: 10,000. */
  readonly sampleRows?: number | undefined;
  /** Rows of a batch, at most; fewer where rows are long. Default: 65,536. */
  readonly batchRows?: number | undefined;
  /** Label of the text encoding, as TextDecoder knows them. Default: 'utf-8'. */
  readonly encoding?: string | undefined;
  /** Names the source in messages. Default: its path, or 'CSV input'. */
  readonly name?: string | undefined;
  /** Stops the reading: the iteration rejects with its reason. */
  readonly signal?: AbortSignal | undefined;
}

/** The options with their defaults. */
export type CsvOptions = {
  readonly [Name in Exclude<keyof ReadCsvOptions, 'signal'>]-?: Exclude<
    ReadCsvOptions[Name],
    undefined
  >;
} & Pick<ReadCsvOptions, 'signal'>;

/**
 * The options with their defaults.
 *
 * @param path of the source, if it is a file.
 * @throws InvalidOptionError for one that cannot be used.
 */
export function checkCsvOptions(options: ReadCsvOptions, path?: string): CsvOptions {
  const quote = options.quote ?? '"';
  const checked: CsvOptions = {
    delimiter: options.delimiter ?? (path?.toLowerCase().endsWith('.tsv') ? '\t' : ','),
    header: options.header ?? true,
    quote,
    escape: options.escape ?? (quote || '"'),
    nulls: options.nulls ?? [''],
    trim: options.trim ?? false,
    types: options.types ?? {},
    sampleRows: options.sampleRows ?? 10_000,
    batchRows: options.batchRows ?? 65_536,
    encoding: options.encoding ?? 'utf-8',
    name: options.name ?? path ?? 'CSV input',
    signal: options.signal,
  };
  check('delimiter', checked.delimiter, isMark, 'a text without line breaks');
  check('quote', quote, (value) => value === false || isMark(value), 'a character, or false');
  check('escape', checked.escape, isMark, 'a character');
  check('sampleRows', checked.sampleRows, isPositive, 'a positive integer');
  check('batchRows', checked.batchRows, isPositive, 'a positive integer');
  check('nulls', checked.nulls, isTexts, 'an array of texts');
  check('encoding', checked.encoding, isEncoding, "the label of an encoding, such as 'latin1'");
  check(
    'header',
    checked.header,
    (value) => typeof value === 'boolean' || isTexts(value),
    'true, false or names',
  );
  for (const [name, type] of Object.entries(checked.types)) {
    check(
      `types.${name}`,
      type,
      (value) => csvTypes.includes(value as CsvType),
      `one of ${csvTypes.join(', ')}`,
    );
  }
  if (checked.delimiter === quote) {
    throw new InvalidOptionError(`'delimiter' and 'quote' are the same: '${quote}'. Change one`);
  }
  return checked;
}

function check(name: string, value: unknown, fits: (value: unknown) => boolean, wanted: string) {
  if (!fits(value)) {
    throw new InvalidOptionError(`option '${name}' must be ${wanted}: ${JSON.stringify(value)}`);
  }
}

function isMark(value: unknown): boolean {
  return typeof value === 'string' && value !== '' && !/[\r\n]/.test(value);
}

function isPositive(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) > 0;
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}

function isEncoding(value: unknown): boolean {
  try {
    new TextDecoder(value as string);
    return typeof value === 'string';
  } catch {
    return false;
  }
}
