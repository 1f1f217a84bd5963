import { InvalidOptionError } from '../../errors.js';
import { checkOptions } from '../../options/check.js';
import { object } from '../../options/composed.js';
import { about } from '../../options/option.js';
import { boolean, custom, oneOf } from '../../options/values.js';
import { commonOptions } from '../reader-options.js';

/** What `writeCsvBatches` can be told. */
export interface WriteCsvOptions {
  /** What separates cells. Default: a comma; a tab for a path that ends in `.tsv`. */
  readonly delimiter?: string | undefined;
  /** Whether the first row names the columns. Default: true. */
  readonly header?: boolean | undefined;
  /** What stands for null. Default: nothing, and an empty text is `""`. */
  readonly nullText?: string | undefined;
  /** What ends a row. Default: '\n'. */
  readonly lineEnd?: '\n' | '\r\n' | undefined;
  /**
   * Whether texts that spreadsheets would run, such as `=1+1`, get a `'` before them, names of columns
   * too. They are read back with it. Default: false.
   */
  readonly guard?: boolean | undefined;
  /** Whether a stream that is written to is ended. Standard output never is. Default: true. */
  readonly end?: boolean | undefined;
  /** Names a stream in messages. Default: 'output stream'. */
  readonly name?: string | undefined;
  /** Stops the writing: the promise rejects with its reason, and no file appears. */
  readonly signal?: AbortSignal | undefined;
}

/** The options of `writeCsv`. */
export const writeCsvOptions = object<WriteCsvOptions>({
  delimiter: about(
    'what separates cells',
    custom<string>(
      'a character other than a quote or the end of a line',
      (value) => typeof value === 'string' && /^[^"\r\n]$/.test(value),
      { type: 'string', pattern: '^[^"\\r\\n]$' },
    ),
  ),
  header: about('whether the first row names the columns', boolean()),
  nullText: about(
    'what stands for null',
    custom<string>(
      'a text without quotes and line breaks',
      (value) => typeof value === 'string' && !/["\r\n]/.test(value),
      { type: 'string', pattern: '^[^"\\r\\n]*$' },
    ),
  ),
  lineEnd: about('what ends a row', oneOf(['\n', '\r\n'])),
  guard: about("put a ' before texts that spreadsheets would run", boolean()),
  end: about('whether a stream that is written to is ended', boolean()),
  name: commonOptions.name,
  signal: commonOptions.signal,
});

/** How CSV is written. */
export interface CsvStyle {
  readonly delimiter: string;
  readonly header: boolean;
  readonly nullText: string;
  readonly lineEnd: string;
  readonly guard: boolean;
}

/**
 * The options with their defaults.
 *
 * @param path of the output, if it is a file.
 * @throws InvalidOptionError for one that cannot be used.
 */
export function checkWriteCsvOptions(options: WriteCsvOptions, path: string | undefined): CsvStyle {
  checkOptions(writeCsvOptions, options);
  if (path?.toLowerCase().endsWith('.gz')) {
    throw new InvalidOptionError(
      `CSV is written plain, and its name says gzip: ${path}. Leave out .gz, or write to a gzip stream`,
    );
  }
  const delimiter = options.delimiter ?? (/\.tsv$/i.test(path ?? '') ? '\t' : ',');
  const { header = true, nullText = '', lineEnd = '\n', guard = false } = options;
  if (nullText.includes(delimiter)) {
    throw new InvalidOptionError(
      `'nullText' holds the delimiter: '${nullText}'. Change one of both`,
    );
  }
  return { delimiter, header, nullText, lineEnd, guard };
}
