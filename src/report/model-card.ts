import { describeSchema } from '../data/schema/describe.js';
import { describeRule } from '../encode/rules/rule.js';
import type { Evaluation } from '../evaluate/evaluation.js';
import type { Explanation } from '../evaluate/explain/explain-model.js';
import { explanationInWords } from '../evaluate/explain/words.js';
import type { Model } from '../gan/model/model.js';
import { assertGiven } from '../options/given.js';

/** What a model card says beside what the model itself does. */
export interface ModelCardOptions {
  /** How good its rows were found to be, by `evaluate`. Default: the card says that nobody looked. */
  readonly evaluation?: Evaluation | undefined;
  /** What drives its rows, by `explainModel`. Default: none. */
  readonly explanation?: Explanation | undefined;
}

/**
 * A model card (Mitchell et al. 2019) as Markdown: what a model is and makes, what it was trained on and
 * holds of that, what it is for and not for, and how good it was found to be. It says what the model's
 * manifest says, and nothing that nobody measured.
 */
export function modelCard(
  model: Model,
  { evaluation, explanation }: ModelCardOptions = {},
): string {
  assertGiven(model, 'model', 'a model');
  const { id, manifest } = model;
  const sections = [
    `# Model card: ${manifest.recipe.name}`,
    details(model),
    `## What it makes\n\n${columnsOf(model)}`,
    rulesOf(model),
    `## What it was trained on\n\n${trainedOn(model)}`,
    `## What it holds of its training rows\n\n${held(model)}`,
    `## How good it is\n\n${judged(evaluation)}`,
    explanation ? drivers(explanation) : '',
    '## What it is for, and not for\n\n' +
      'Rows to train and test other models with, beside real ones; measure on held-out real rows whether they help. ' +
      'No row is a person, and none is a fact: not for statements about single people, nor for publishing as if it were anonymous.',
    `Model ${id}.`,
  ];
  return `${sections.filter((text) => text !== '').join('\n\n')}\n`;
}

function details({ id, manifest }: Model): string {
  const { version, training } = manifest;
  return list([
    ['model', id],
    ['made by', `gan-augment ${version}`],
    ['recipe', manifest.recipe.name],
    ['trained by', [training.engine, training.device].filter(Boolean).join(', ')],
  ]);
}

function columnsOf({ schema, manifest }: Model): string {
  const rows = describeSchema(schema).map(({ name, type, nullable }, k) => [
    name,
    type,
    nullable ? 'yes' : 'no',
    manifest.columns[k]?.encoder ?? '',
  ]);
  return table(['column', 'type', 'nulls', 'learned as'], rows);
}

function rulesOf({ manifest: { rules = [] } }: Model): string {
  if (rules.length === 0) return '';
  const lines = rules.map((rule) => `- ${plain(describeRule(rule))}`);
  return `Rules that every row keeps:\n\n${lines.join('\n')}`;
}

function trainedOn({ manifest: { training } }: Model): string {
  return list([
    ['rows', String(training.rows)],
    ['steps', String(training.steps)],
    ['seed', training.seed],
    ...(training.target === undefined ? [] : [['target', training.target] as const]),
    ...(training.fingerprint === undefined
      ? []
      : [['SHA-256 of the rows', training.fingerprint] as const]),
  ]);
}

function held({ manifest: { generator, training } }: Model): string {
  const holds =
    generator.holds === undefined
      ? 'No row: a trained network, and statistics of columns.'
      : `**${generator.holds[0]?.toUpperCase()}${generator.holds.slice(1)}**: whoever has the model has these.`;
  const { privacy } = training;
  const promise = privacy
    ? `Each row is promised differential privacy: ε ${Number(privacy.epsilon.toPrecision(4))}, δ ${privacy.delta}.`
    : 'Differential privacy is not promised.';
  return `${holds} ${promise}`;
}

function judged(evaluation: Evaluation | undefined): string {
  if (!evaluation) return 'Not measured. `gan-augment report` measures it.';
  const score = evaluation.quality.score;
  const quality = score === null ? [] : [`- quality ${score.toFixed(3)}: 1 is like the real rows`];
  return [...quality, ...evaluation.findings.map((finding) => `- ${plain(finding)}`)].join('\n');
}

function drivers(explanation: Explanation): string {
  const { directions, conditions } = explanationInWords(explanation);
  const parts = [
    directions.length === 0
      ? ''
      : table(
          ['direction', 'moves together'],
          directions.map(({ direction, moves }) => [String(direction), moves]),
        ),
    conditions.length === 0
      ? ''
      : table(
          ['asked for', 'met by itself', 'moves others'],
          conditions.map(({ condition, hits, moves }) => [condition, hits, moves]),
        ),
  ].filter((part) => part !== '');
  return parts.length === 0 ? '' : `## What drives a row\n\n${parts.join('\n\n')}`;
}

function list(entries: readonly (readonly [name: string, text: string])[]): string {
  return entries.map(([name, text]) => `- ${name}: ${plain(text)}`).join('\n');
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(plain).join(' | ')} |`;
  return [line(header), `|${'---|'.repeat(header.length)}`, ...rows.map(line)].join('\n');
}

/** Text of the data's as Markdown shows it, on one line: names of columns are anybody's. */
function plain(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|&~]/g, '\\$&').replace(/\s+/g, ' ');
}
