import { Buffer } from 'node:buffer';
import { type RecordBatch, Schema } from 'apache-arrow';
import { fingerprintRows } from '../../data/content/fingerprint.js';
import { schemaMessage } from '../../data/ipc/schema-message.js';
import { wireSchema } from '../../data/schema/wire-schema.js';
import { readTexts } from '../../encode/cells/column-texts.js';
import { isTextable } from '../../encode/cells/column-types.js';
import { columnNotes, notesOfPromise } from '../../encode/column-notes.js';
import type { TextOptions } from '../../encode/columns/markov.js';
import type { ColumnEncoder } from '../../encode/encoder.js';
import { heldBack } from '../../encode/rare-values.js';
import { rulesOf } from '../../encode/rules/find-rules.js';
import { optionsOfRules } from '../../encode/rules/learn-combination.js';
import { learnedBatches, learnedSchema } from '../../encode/rules/learned-table.js';
import type { Rule } from '../../encode/rules/rule.js';
import { summarizeColumns } from '../../encode/summary/column-summary.js';
import { columnOf } from '../../encode/table.js';
import { SchemaError } from '../../errors.js';
import { omit } from '../../options/omit.js';
import type { PrivacyTarget } from '../../privacy/budget.js';
import { createSecretRandom } from '../../privacy/secret-random.js';
import { createRandom, describeSeed } from '../../random.js';
import { version } from '../../version.js';
import { type Family, isDirect, isTrained, type PrivacyRequest } from '../families/family.js';
import { assertTargetExists, chooseRecipe } from '../families/recipes.js';
import {
  formatVersion,
  type Manifest,
  manifestFormat,
  stringifyManifest,
} from '../model/manifest.js';
import { type Model, sha256 } from '../model/model.js';
import { fitUntrained } from './fit-untrained.js';
import type { FittedModel, ToFit } from './fitted-model.js';
import { type ResolvedFitOptions, stringifyOptions } from './options.js';
import { leastRowsOf, privacyTarget } from './privacy.js';
import { trainNetworks } from './train-networks.js';
import { translatedColumns } from './translated-columns.js';

/**
 * `fitModel` on this thread, with options that have been checked: rules, networks or another maker of
 * rows, and what the model says of itself.
 */
export async function trainModel(
  all: Schema,
  rowsOfAll: readonly RecordBatch[],
  options: ResolvedFitOptions,
): Promise<Model> {
  const { seed = 0, columns, unmodelled, target, signal, onEvent } = options;
  const rows = rowsOfAll.reduce((sum, batch) => sum + batch.numRows, 0);
  const random = createRandom(seed);
  assertTargetExists(target, all);
  const { translate } = options;
  const promised = privacyTarget(options.privacy);
  const isPromised = promised !== undefined;
  const { name, family, recipe } = chooseRecipe(options.recipe, all, { translate, isPromised });
  const { schema, batches } = translate
    ? translatedColumns(all, rowsOfAll, translate)
    : { schema: all, batches: rowsOfAll };
  const rules = family.hasRules
    ? await rulesOf(options.rules, schema, batches, fixedColumns(columns), signal)
    : [];
  const learned = learnedSchema(schema, rules);
  const learnedRows = learnedBatches(schema, rules, batches, random.fork('rules'));
  // What makes rows of kept ones holds nothing back, and its model says so.
  const holdsAll = isDirect(family) && family.holds !== 'n-grams';
  const leastRows = holdsAll ? 1 : leastRowsOf(options.privacy);
  const changed = columnsOfRules(rules);
  const fingerprint = fingerprintRows(all, rowsOfAll);
  const fitted = await fitBy(family, {
    name,
    recipe,
    data: {
      schema: learned,
      batches: learnedRows,
      columns: { ...columns, ...optionsOfRules(rules, schema) },
      unmodelled,
      leastRows,
      texts: textOptions(options, { schema: all, batches: rowsOfAll }),
      privacy: promised && requestPrivacy(promised, options, [name, recipe, fingerprint]),
      target,
      translate,
      random,
      signal,
    },
    table: { schema, rules },
    given: { schema: all, batches: rowsOfAll },
    batches,
    options,
    onEncoders(encoders) {
      checkLearned(target, schema, encoders, changed);
      if (isPromised) {
        // What else could be told would tell of rows.
        for (const note of notesOfPromise(schema, encoders, fixedColumns(columns))) {
          onEvent?.({ type: 'column', ...note });
        }
        return;
      }
      if (rules.length > 0) onEvent?.({ type: 'rules', rules });
      const told = new Set([...fixedColumns(columns), ...changed]);
      for (const note of columnNotes(schema, batches, encoders, told, leastRows)) {
        onEvent?.({ type: 'column', ...note });
      }
      const held = heldBack(learned, learnedRows, encoders, leastRows);
      if (held.length > 0) onEvent?.({ type: 'held-back', leastRows, columns: held });
    },
  });
  const { encoders, file, reverse, privacy } = fitted;
  // Metadata of the data is no business of a model: it may say anything.
  const bare = new Schema(schema.fields);
  const manifest: Manifest = {
    format: manifestFormat,
    formatVersion,
    version,
    recipe: { name, family: family.name, options: fitted.options },
    training: {
      rows: privacy?.rows ?? rows,
      steps: fitted.steps,
      seed: describeSeed(seed),
      ...fitted.place,
      ...(target === undefined ? {} : { target }),
      ...(privacy ? { privacy: privacy.spent } : { fingerprint }),
    },
    columns: describeColumns(schema, encoders, rules),
    ...(privacy
      ? {}
      : { summary: summarizeColumns(schema, batches, encoders, changed, leastRows) }),
    ...(rules.length > 0 ? { rules } : {}),
    schema: Buffer.from(schemaMessage(wireSchema(bare))).toString('base64'),
    encoders: encoders.map((encoder) => encoder.toJSON()),
    generator: {
      file: file.name,
      ...(file.holds === undefined ? {} : { holds: file.holds }),
      sha256: sha256(file.bytes),
      rows: file.rows,
    },
    ...(reverse && { reverse: { file: reverse.name, sha256: sha256(reverse.bytes) } }),
  };
  return {
    id: sha256(stringifyManifest(manifest)),
    manifest,
    schema: bare,
    encoders,
    generator: file.bytes,
    ...(reverse && { reverse: reverse.bytes }),
  };
}

/** How columns of texts are fitted: as private as all, and to suit the target, if there is one. */
function textOptions(
  { columns = {}, target, privacy }: ResolvedFitOptions,
  { schema, batches }: { readonly schema: Schema; readonly batches: readonly RecordBatch[] },
): TextOptions {
  const leastTexts = leastRowsOf(privacy);
  const isUsed = Object.values(columns).some(({ kind }) => kind === 'text');
  const place = schema.fields.findIndex(({ name }) => name === target);
  const vector = columnOf(batches, place);
  if (target === undefined || !isUsed || !vector || !isTextable(vector.type)) return { leastTexts };
  return { leastTexts, given: { column: target, texts: readTexts(vector) } };
}

/**
 * What a family is asked to promise. Its noise is drawn by the secret and by all that the training depends
 * on, rows too: with any other of these it is other noise, and with the same the same model comes again.
 */
function requestPrivacy(
  target: PrivacyTarget,
  options: ResolvedFitOptions,
  of: readonly unknown[],
): PrivacyRequest {
  const { steps, epochs, privacy } = options;
  const { secret } = privacy || {};
  const named = omit(options, 'signal', 'onStep', 'onEvent', 'thread', ...placesOfFiles);
  const use = stringifyOptions([version, named, of]);
  return { ...target, steps, epochs, random: createSecretRandom(secret, use) };
}

/** Options that change nothing of what is learned. */
const placesOfFiles = ['checkpoint', 'resume', 'pictures', 'seconds'] as const;

/** Trains networks, or fits a maker of rows that has none. */
function fitBy(family: Family, what: ToFit): Promise<FittedModel> {
  return isTrained(family) ? trainNetworks(family, what) : fitUntrained(family, what);
}

/** Refuses a target that nothing is learned of, before any training. @throws SchemaError */
function checkLearned(
  target: string | undefined,
  schema: Schema,
  encoders: readonly ColumnEncoder[],
  followers: ReadonlySet<string>,
): void {
  const encoder = encoders[schema.fields.findIndex(({ name }) => name === target)];
  if (target === undefined || followers.has(target) || !encoder) return;
  const why = {
    constant: 'it holds one value alone',
    null: 'it is null in every row',
    identifier: 'its values name the rows',
    unmodelled: 'columns of its type are not learned',
    markov: 'its texts are made when all other columns are there',
  }[encoder.kind];
  if (why === undefined) return;
  throw new SchemaError(
    `target names a column that cannot be learned: '${target}'. ${why[0]?.toUpperCase()}${why.slice(1)}. ` +
      'Choose another, or leave it out',
  );
}

/** Columns of which the user says how they are learned: no rule is looked for in them. */
function fixedColumns(columns: ResolvedFitOptions['columns'] = {}): string[] {
  return Object.entries(columns).flatMap(([name, { kind }]) => (kind === undefined ? [] : [name]));
}

function describeColumns(
  schema: Schema,
  encoders: readonly ColumnEncoder[],
  rules: readonly Rule[],
): Manifest['columns'] {
  const changed = columnsOfRules(rules);
  return schema.fields.map(({ name, type, nullable }, k) => {
    const { kind } = encoders[k] as ColumnEncoder;
    const encoder = kind === 'null' && changed.has(name) ? 'by a rule' : kind;
    return { name, type: String(type), nullable, encoder };
  });
}

/** Names of the columns that rules have a say in. */
function columnsOfRules(rules: readonly Rule[]): ReadonlySet<string> {
  return new Set(rules.flatMap(({ columns }) => columns));
}
