import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import {
  type DataType,
  Field,
  Float64,
  Int32,
  type RecordBatch,
  Schema,
  Utf8,
  vectorFromArray,
} from 'apache-arrow';
import { parse } from 'csv-parse/sync';
import { makeBatch } from '../../src/data/batches/batch.js';
import { readBatches } from '../../src/data/open.js';

type Row = Readonly<Record<string, string | number | null>>;
type Cell = string | number | null;

interface Column {
  readonly name: string;
  readonly type: DataType;
  readonly of: (row: Row) => Cell;
}

interface Dataset {
  readonly file: string;
  readonly columns: readonly Column[];
  /** Rows without it are left out. */
  readonly target: string;
}

const text = (name: string): Column => ({
  name,
  type: new Utf8(),
  of: (row) => (row[name] === '' || row[name] == null ? null : String(row[name])),
});
const number = (name: string, type: DataType = new Float64()): Column => ({
  name,
  type,
  of: (row) => (row[name] === '' || row[name] == null ? null : Number(row[name])),
});
const partOfDate = (name: string, column: string, part: (date: Date) => number): Column => ({
  name,
  type: new Int32(),
  of: (row) => {
    const date = new Date(String(row[column]));
    return Number.isNaN(date.getTime()) ? null : part(date);
  },
});

/** Tables of the npm package `vega-datasets`: one of classes, one with a number to predict. */
export const datasets: Readonly<Record<string, Dataset>> = {
  /** Strikes of aircraft by wildlife (US FAA): was there damage? About a tenth. */
  birdstrikes: {
    file: 'birdstrikes.csv',
    target: 'Damage',
    columns: [
      ...['Airport Name', 'Aircraft Make Model', 'Aircraft Airline Operator'].map(text),
      ...['Origin State', 'Phase of flight', 'Wildlife Size', 'Wildlife Species'].map(text),
      text('Time of day'),
      partOfDate('Year', 'Flight Date', (date) => date.getUTCFullYear()),
      partOfDate('Month', 'Flight Date', (date) => date.getUTCMonth() + 1),
      number('Speed IAS in knots', new Int32()),
      {
        name: 'Damage',
        type: new Utf8(),
        of: (row) => (row['Effect Amount of damage'] === 'None' ? 'no' : 'yes'),
      },
    ],
  },
  /** Films: how do the users of IMDB rate them? Many nulls. */
  movies: {
    file: 'movies.json',
    target: 'IMDB Rating',
    columns: [
      ...['US Gross', 'Worldwide Gross', 'Production Budget', 'Running Time min'].map((name) =>
        number(name),
      ),
      ...['Rotten Tomatoes Rating', 'IMDB Votes'].map((name) => number(name, new Int32())),
      partOfDate('Release Year', 'Release Date', (date) => date.getFullYear()),
      ...['MPAA Rating', 'Distributor', 'Source', 'Major Genre', 'Creative Type'].map(text),
      number('IMDB Rating'),
    ],
  },
};

/** A dataset by its name, or the file of that name. */
export function openTable(data: string): AsyncIterable<RecordBatch> {
  const dataset = Object.hasOwn(datasets, data) ? datasets[data] : undefined;
  return dataset ? once(batchOf(dataset)) : readBatches([data]);
}

async function* once(batch: RecordBatch): AsyncGenerator<RecordBatch> {
  yield batch;
}

function batchOf({ file, columns, target }: Dataset): RecordBatch {
  const resolve = createRequire(import.meta.url).resolve;
  const folder = resolve('vega-datasets').replace(/build[/\\].*$/, 'data');
  const source = readFileSync(join(folder, file), 'utf8');
  const all = (
    file.endsWith('.csv') ? parse(source, { columns: true }) : JSON.parse(source)
  ) as Row[];
  const wanted = columns.find(({ name }) => name === target) as Column;
  const rows = all.filter((row) => wanted.of(row) !== null);
  const fields = columns.map(({ name, type }) => new Field(name, type, true));
  const data = columns.map(({ type, of }) => {
    const [own] = vectorFromArray(rows.map(of), type).data;
    if (!own) throw new Error(`no data in ${file}`);
    return own;
  });
  return makeBatch(new Schema(fields), data, rows.length);
}
