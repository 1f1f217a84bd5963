import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  Field,
  Float64,
  Int32,
  type RecordBatch,
  Schema,
  Utf8,
  vectorFromArray,
} from 'apache-arrow';
import { sampleBatches } from '../../src/augment/sample-batches.js';
import { makeBatch } from '../../src/data/batches/batch.js';
import { compareTexts } from '../../src/evaluate/text/compare-texts.js';
import type { RecipeName } from '../../src/gan/families/recipe-option.js';
import { fitModel } from '../../src/gan/fit/fit.js';
import { createRandom } from '../../src/random.js';

/** The package that holds a table of films (BSD-3 licence). */
export const filmPackage = 'vega-datasets@3.2.1';

const columns = {
  title: { from: 'Title', type: new Utf8() },
  genre: { from: 'Major Genre', type: new Utf8() },
  rating: { from: 'MPAA Rating', type: new Utf8() },
  budget: { from: 'Production Budget', type: new Float64() },
  minutes: { from: 'Running Time min', type: new Int32() },
} as const;

/** Films that have a title and a genre. */
async function readFilms(folder: string): Promise<RecordBatch> {
  const path = join(folder, 'node_modules', 'vega-datasets', 'data', 'movies.json');
  const all = JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>[];
  const films = all.filter((film) => film.Title !== null && film['Major Genre'] !== null);
  const entries = Object.entries(columns);
  const schema = new Schema(entries.map(([name, { type }]) => new Field(name, type, true)));
  const data = entries.map(([, { from, type }]) => {
    const cells = films.map((film) => {
      const cell = film[from];
      return from === 'Title' && cell !== null ? String(cell) : cell;
    });
    return vectorFromArray(cells, type as Utf8).data[0];
  });
  return makeBatch(schema, data as never, films.length);
}

/** Learns a table of films, makes rows, shows some, and compares the titles, of all and of each genre. */
export async function showTitles(folder: string, recipe: RecipeName): Promise<void> {
  const real = await readFilms(folder);
  const before = process.cpuUsage();
  const model = await fitModel(real.schema, [real], {
    recipe,
    columns: { title: { kind: 'text' } },
    target: 'genre',
    seed: 1,
    thread: 'caller',
  });
  const { user, system } = process.cpuUsage(before);
  const made: RecordBatch[] = [];
  for await (const own of sampleBatches(model, { rows: real.numRows, seed: 1 })) made.push(own);
  console.log(`${real.numRows} films, ${((user + system) / 1e6).toFixed(1)} processor s`);
  for (const row of made[0]?.slice(0, 24) ?? []) console.log(JSON.stringify(row));
  const titles = (batches: readonly RecordBatch[]) =>
    batches.flatMap((own) => [...(own.getChild('title') ?? [])]) as string[];
  const of = { real: titles([real]), synthetic: titles(made) };
  console.log(JSON.stringify(compareTexts('title', of, createRandom(1))));
}
