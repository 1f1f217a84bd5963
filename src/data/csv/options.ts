import { InvalidOptionError } from '../../errors.js';
import { checkOptions } from '../../options/check.js';
import { either, listOf, object, recordOf } from '../../options/composed.js';
import { about } from '../../options/option.js';
import { boolean, custom, oneOf, wholeNumber } from '../../options/values.js';
import { commonOptions } from '../reader-options.js';
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
  checkOptions(readCsvOptions, options);
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
