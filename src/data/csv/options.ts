import { InvalidOptionError } from '../../errors.js';
import { checkOptions } from '../../options/check.js';
import { either, listOf, object, recordOf } from '../../options/composed.js';
import { about } from '../../options/option.js';
import { boolean, custom, oneOf, wholeNumber } from '../../options/values.js';
import { commonOptions } from '../reader-options.js';
import { plainDate } from './date-format.js';
import { type CsvType, csvTypes } from './types.js';

/** Texts that stand for nothing in columns of numbers, dates and the like. */
const nullMarkers = ['NA', 'N/A', 'n/a', 'null', 'NULL', 'None', '-'];

/** What {@link readCsvBatches} can be told. */
export interface ReadCsvOptions {
  /**
   * What separates cells. Default: what is in all of the first lines equally often, of comma, semicolon,
   * tab and bar; a tab for a path that ends in `.tsv`.
   */
  readonly delimiter?: string | undefined;
  /** Whether the first row names the columns; an array names them where no row does. Default: true. */
  readonly header?: boolean | readonly string[] | undefined;
  /** What encloses cells that hold delimiters or line breaks; false: nothing does. Default: `"`. */
  readonly quote?: string | false | undefined;
  /** What stands before a quote inside of quotes. Default: another quote. */
  readonly escape?: string | undefined;
  /**
   * Texts that stand for null, quoted or not. Default: the empty text, and in columns that are else no
   * text also NA, N/A, n/a, null, NULL, None and -.
   */
  readonly nulls?: readonly string[] | undefined;
  /** Whether spaces around a cell that is not quoted are left out. Default: false. */
  readonly trim?: boolean | undefined;
  /** Types of columns, by name. Default: what the first rows fit. */
  readonly types?: Readonly<Record<string, CsvType>> | undefined;
  /** What stands before fractions of numbers. Default: '.'. */
  readonly decimal?: '.' | ',' | undefined;
  /** What stands between thousands of numbers, such as `'`. Default: nothing. */
  readonly thousands?: string | undefined;
  /** How dates are written, also before times: 'dd.mm.yyyy'. Default: 'yyyy-mm-dd'. */
  readonly dateFormat?: string | undefined;
  /** Lines before the first row that are left out. Default: 0. */
  readonly skipLines?: number | undefined;
  /** What is done about columns of one name: 'number' makes `a`, `a_2`, … of them. Default: 'refuse'. */
  readonly duplicateNames?: 'refuse' | 'number' | undefined;
  /** Rows that types are inferred from; fewer if they are over 64 MiB. Default: 10,000. */
  readonly sampleRows?: number | undefined;
  /** Rows of a batch, at most; fewer where rows are long. Default: 65,536. */
  readonly batchRows?: number | undefined;
  /**
   * Label of the text encoding, as TextDecoder knows them. Default: 'utf-8', or 'utf-16' where the bytes
   * start with its mark.
   */
  readonly encoding?: string | undefined;
  /** Names the source in messages. Default: its path, or 'CSV input'. */
  readonly name?: string | undefined;
  /** Stops the reading: the iteration rejects with its reason. */
  readonly signal?: AbortSignal | undefined;
}

const count = wholeNumber({ from: 1 });
const anyText = custom<string>('a text', (value) => typeof value === 'string', { type: 'string' });

const mark = (wanted: string) =>
  custom<string>(
    wanted,
    (value) => typeof value === 'string' && value !== '' && !/[\r\n]/.test(value),
    { type: 'string', pattern: '^[^\\r\\n]+$' },
  );

/** The options of `readCsv`. */
export const readCsvOptions = object<ReadCsvOptions>({
  delimiter: about('what separates cells', mark('a text without line breaks')),
  header: about(
    'whether the first row names the columns, or their names',
    either([boolean(), listOf(anyText, 'names')], 'true, false or names'),
  ),
  quote: about(
    'what encloses cells',
    either([mark('a character'), oneOf([false])], 'a character, or false'),
  ),
  escape: about('what stands before a quote inside of quotes', mark('a character')),
  nulls: about('texts that stand for null', listOf(anyText, 'an array of texts')),
  trim: about('leave out spaces around cells', boolean()),
  types: about('types of columns', recordOf(oneOf(csvTypes), 'an object of types by column')),
  decimal: about('what stands before fractions', oneOf(['.', ','])),
  thousands: about('what stands between thousands', mark('a text without line breaks')),
  dateFormat: about('how dates are written', mark("a format such as 'dd.mm.yyyy'")),
  skipLines: about('lines before the first row that are left out', wholeNumber({ from: 0 })),
  duplicateNames: about('what is done about columns of one name', oneOf(['refuse', 'number'])),
  sampleRows: about('rows by which types are inferred', count),
  batchRows: commonOptions.batchRows,
  encoding: about(
    'label of the text encoding',
    custom<string>("the label of an encoding, such as 'latin1'", isEncoding, { type: 'string' }),
  ),
  name: commonOptions.name,
  signal: commonOptions.signal,
});

/** The options with their defaults. */
export type CsvOptions = {
  readonly [Name in Exclude<keyof ReadCsvOptions, OpenOption>]-?: Exclude<
    ReadCsvOptions[Name],
    undefined
  >;
} & Pick<ReadCsvOptions, OpenOption> & {
    /** Texts that stand for null in columns that are else no text. */
    readonly markers: readonly string[];
  };

/** Options without a default, or with one that only the text shows. */
type OpenOption = 'signal' | 'thousands' | 'dateFormat' | 'delimiter' | 'encoding';

/**
 * The options with their defaults.
 *
 * @param path of the source, if it is a file.
 * @throws InvalidOptionError for one that cannot be used.
 */
export function checkCsvOptions(options: ReadCsvOptions, path?: string): CsvOptions {
  checkOptions(readCsvOptions, options);
  const quote = options.quote ?? '"';
  const checked: CsvOptions = {
    delimiter: options.delimiter ?? (/\.tsv(\.gz)?$/i.test(path ?? '') ? '\t' : undefined),
    header: options.header ?? true,
    quote,
    escape: options.escape ?? (quote || '"'),
    nulls: options.nulls ?? [''],
    markers: options.nulls ? [] : nullMarkers,
    decimal: options.decimal ?? '.',
    thousands: options.thousands,
    dateFormat: options.dateFormat,
    skipLines: options.skipLines ?? 0,
    duplicateNames: options.duplicateNames ?? 'refuse',
    trim: options.trim ?? false,
    types: options.types ?? {},
    sampleRows: options.sampleRows ?? 10_000,
    batchRows: options.batchRows ?? 65_536,
    encoding: options.encoding,
    name: options.name ?? path ?? 'CSV input',
    signal: options.signal,
  };
  if (checked.dateFormat !== undefined) plainDate(checked.dateFormat);
  if (checked.thousands === checked.decimal) {
    throw new InvalidOptionError(
      `'decimal' and 'thousands' are the same: '${checked.decimal}'. Change one`,
    );
  }
  if (checked.delimiter === quote) {
    throw new InvalidOptionError(`'delimiter' and 'quote' are the same: '${quote}'. Change one`);
  }
  return checked;
}

function isEncoding(value: unknown): boolean {
  try {
    new TextDecoder(value as string);
    return typeof value === 'string';
  } catch {
    return false;
  }
}
