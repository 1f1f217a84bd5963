import { object } from '../options/composed.js';
import { about, type ShapeOf } from '../options/option.js';
import { type ReadCsvOptions, readCsvOptions } from './csv/options.js';
import { type ReadJsonLinesOptions, readJsonLinesOptions } from './json/read.js';

/** How the texts among data files are read, by their format. */
export interface TextFileOptions {
  /** How CSV is read: what `readCsv` can be told. */
  readonly csv?: CsvFileOptions | undefined;
  /** How JSON lines are read: what `readJsonLines` can be told. */
  readonly jsonLines?: JsonLinesFileOptions | undefined;
}

/** Options of `readCsv` that count for every file. */
export type CsvFileOptions = Omit<ReadCsvOptions, 'name' | 'signal'>;

/** Options of `readJsonLines` that count for every file. */
export type JsonLinesFileOptions = Omit<ReadJsonLinesOptions, 'name' | 'signal'>;

const { name: _csvName, signal: _csvSignal, ...csvShape } = readCsvOptions.shape;
const { name: _jsonName, signal: _jsonSignal, ...jsonShape } = readJsonLinesOptions.shape;

/** The options of how texts are read. */
export const textFileShape: ShapeOf<TextFileOptions> = {
  csv: about('how CSV is read', object<CsvFileOptions>(csvShape)),
  jsonLines: about('how JSON lines are read', object<JsonLinesFileOptions>(jsonShape)),
};
