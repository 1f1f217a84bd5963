/**
 * Makers of short texts beside each other: sentences of at most 32 characters are learned, as many as are
 * held out are made, and both are compared with the real ones. Or, with --titles RECIPE, a table of films
 * is learned, and some rows are shown.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Field, type RecordBatch, Schema, Utf8, vectorFromArray } from 'apache-arrow';
import { sampleBatches } from '../../src/augment/sample-batches.js';
import { makeBatch } from '../../src/data/batches/batch.js';
import { compareTexts, type TextLikeness } from '../../src/evaluate/text/compare-texts.js';
import type { RecipeName, RecipeOption } from '../../src/gan/families/recipe-option.js';
import { fitModel } from '../../src/gan/fit/fit.js';
import { createRandom } from '../../src/random.js';
import { show } from '../statistics.js';
import { fetchCorpora, readCorpus } from './corpus.js';
import { showTitles } from './titles.js';

const usage =
  'usage: npm run bench -- texts FOLDER [--fetch] [--longest 32] [--holdout 2000] [--seeds 3] ' +
  '[--makers markov-3,markov-5,gru,text] [--steps 3000] [--open] [--titles copula] [--out out/texts]';

const recipes: Readonly<Record<string, RecipeOption>> = {
  'markov-1': { base: 'markov', order: 1 },
  'markov-3': { base: 'markov', order: 3 },
  'markov-5': 'markov',
  'markov-7': { base: 'markov', order: 7 },
  gru: 'gru',
  'gru, temperature 0.8': { base: 'gru', temperature: 0.8 },
  text: 'text',
  'text-wgan-gp': 'text-wgan-gp',
};

const schema = new Schema([new Field('line', new Utf8(), false)]);

export async function run(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      fetch: { type: 'boolean', default: false },
      longest: { type: 'string', default: '32' },
      holdout: { type: 'string', default: '2000' },
      seeds: { type: 'string', default: '3' },
      makers: { type: 'string', default: 'markov-1,markov-3,markov-5' },
      steps: { type: 'string', default: '3000' },
      recipe: { type: 'string', default: '{}' },
      open: { type: 'boolean', default: false },
      titles: { type: 'string' },
      out: { type: 'string', default: 'out/texts' },
    },
  });
  const [folder] = positionals;
  if (folder === undefined) throw new Error(usage);
  if (values.fetch) await fetchCorpora(folder);
  if (values.titles) return showTitles(folder, values.titles as RecipeName);
  const { train, holdout } = await readCorpus(
    folder,
    Number(values.longest),
    Number(values.holdout),
  );
  console.log(`${train.length} lines to learn, ${holdout.length} held out`);
  console.log(
    '| maker | JS-1 | JS-2 | JS-3 | JS-4 | copies | repeats | perplexity | reverse perplexity | processor s |\n' +
      '|---|---|---|---|---|---|---|---|---|---|',
  );
  const compare = (synthetic: readonly string[], seed: number) =>
    compareTexts('line', { real: train, synthetic, holdout }, createRandom(seed));
  const { real } = compare(train, 0);
  if (real) console.log(row('held-out lines', [real], []));
  await mkdir(values.out, { recursive: true });
  for (const name of values.makers.split(',')) {
    const found: TextLikeness[] = [];
    const seconds: number[] = [];
    for (let seed = 0; seed < Number(values.seeds); seed++) {
      const made = await make(name, train, holdout.length, seed, values);
      found.push(compare(made.texts, seed).synthetic);
      seconds.push(made.seconds);
      if (seed === 0) await writeFile(join(values.out, `${name}.txt`), made.texts.join('\n'));
    }
    console.log(row(name, found, seconds));
  }
}

async function make(
  name: string,
  train: readonly string[],
  rows: number,
  seed: number,
  { steps, recipe, open }: { steps: string; recipe: string; open: boolean },
) {
  const batch = makeBatch(
    schema,
    [vectorFromArray([...train], new Utf8()).data[0] as never],
    train.length,
  );
  const base = recipes[name];
  if (base === undefined) throw new Error(`no maker ${name}: ${Object.keys(recipes).join(', ')}`);
  const trained = name.startsWith('markov')
    ? {}
    : { steps: Number(steps), patience: false as const };
  const difference = JSON.parse(recipe) as object;
  const before = process.cpuUsage();
  const model = await fitModel(schema, [batch], {
    recipe: (typeof base === 'string' ? { base, ...difference } : base) as RecipeOption,
    seed,
    thread: 'caller',
    ...(open ? { privacy: false as const } : {}),
    ...trained,
    onEvent(event) {
      if (event.type === 'score') process.stderr.write(`${JSON.stringify(event)}\n`);
    },
  });
  const { user, system } = process.cpuUsage(before);
  const made: RecordBatch[] = [];
  for await (const own of sampleBatches(model, { rows, seed })) made.push(own);
  const texts = made.flatMap((own) => [...(own.getChild('line') ?? [])]) as string[];
  return { texts, seconds: (user + system) / 1e6 };
}

function row(name: string, found: readonly TextLikeness[], seconds: readonly number[]): string {
  const cell = (of: (one: TextLikeness) => number) => show(found.map(of));
  const cells = [
    ...[0, 1, 2, 3].map((k) => cell(({ divergence }) => divergence[k] as number)),
    cell(({ copies }) => copies),
    cell(({ repeats }) => repeats),
    cell(({ perplexity }) => perplexity),
    cell(({ reversePerplexity }) => reversePerplexity),
    seconds.length > 0 ? show([...seconds]) : '',
  ];
  return `| ${name} | ${cells.join(' | ')} |`;
}
