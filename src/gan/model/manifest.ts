import type { Rule } from '../../encode/rules/rule.js';
import { areSummaries, type ColumnSummary } from '../../encode/summary/column-summary.js';
import { InvalidOptionError, ModelError } from '../../errors.js';
import type { PrivacySpent } from '../../privacy/budget.js';
import type { HeldData } from '../families/held-data.js';
import { familyName, findFamily } from '../families/registry.js';
import { isCount, isObject } from './checks.js';
import { isMeasuredAttack, type MeasuredAttack } from './measured-attack.js';

export const manifestFormat = 'gan-augment-model';
export const formatVersion = 1;

/** What `model.json` says. It holds column statistics and category names, but no training row. */
export interface Manifest {
  /** Tells a model from other JSON. */
  readonly format: typeof manifestFormat;
  /** Of the format; other versions are refused. */
  readonly formatVersion: typeof formatVersion;
  /** Version of gan-augment that trained the model. */
  readonly version: string;
  /** How it was trained. */
  readonly recipe: {
    /** Name of the recipe. */
    readonly name: string;
    /** Models of tables that are older do not say. */
    readonly family?: string;
    /** All options of the recipe, defaults too. */
    readonly options: object;
  };
  /** What it was trained on, and where. */
  readonly training: {
    /** Rows that it was trained on; about, where privacy is promised. */
    readonly rows: number;
    /** Steps until training ended. */
    readonly steps: number;
    /** The seed as text: 7, 7n or "7". */
    readonly seed: string;
    /** The engine that it was trained on. */
    readonly engine: string;
    /** The engine's device; older models do not say. */
    readonly device?: string;
    /** Native threads, on which the bits depend; older models do not say. */
    readonly threads?: number;
    /** The column of labels, if one was named. */
    readonly target?: string;
    /**
     * SHA-256 of the rows' content, however they were cut into batches; older models lack it, and those
     * that promise privacy.
     */
    readonly fingerprint?: string;
    /** What was spent of the rows' privacy, where it is promised. */
    readonly privacy?: PrivacySpent;
  };
  /**
   * How well an attack tells the rows that it was trained on from held-out ones, where that was measured.
   * Who signs a model vouches for it.
   */
  readonly attack?: MeasuredAttack;
  /** For people; `schema` is what is read. */
  readonly columns: readonly {
    /** Name of the column. */
    name: string;
    /** Its type as text. */
    type: string;
    /** Whether it may hold nulls. */
    nullable: boolean;
    /** What it was learned as. */
    encoder: string;
  }[];
  /**
   * How the training rows were spread, column by column, to see drift; older models lack it, and those that
   * promise privacy.
   */
  readonly summary?: readonly ColumnSummary[];
  /** The Arrow schema as an IPC message, base64. */
  readonly schema: string;
  /** Rules that every row keeps; models without, and older ones, lack them. */
  readonly rules?: readonly Rule[];
  /** One fitted encoder a column, of the columns that are learned where there are rules. */
  readonly encoders: readonly unknown[];
  /** The file of the generator, or of what a maker without a network makes rows from. */
  readonly generator: {
    /** Its plain name, in the same directory. */
    readonly file: string;
    /** What of the training rows lies in it, where it is more than statistics. */
    readonly holds?: HeldData;
    /** SHA-256 of its bytes, in hexadecimal. */
    readonly sha256: string;
    /** Rows that are made at once: a random stream gives so many. */
    readonly rows: number;
  };
  /** The file of the generator that translates the other way, if both were learned. */
  readonly reverse?: {
    /** Its plain name, in the same directory. */
    readonly file: string;
    /** SHA-256 of its bytes, in hexadecimal. */
    readonly sha256: string;
  };
}

export function stringifyManifest(manifest: Manifest): string {
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** Reads and checks `model.json`; `where` names it in errors. */
export function parseManifest(text: string, where: string): Manifest {
  const manifest = parseObject(text, where);
  if (manifest.format !== manifestFormat) {
    throw new ModelError(`${where} is not a model: format ${JSON.stringify(manifest.format)}`);
  }
  if (manifest.formatVersion !== formatVersion) {
    throw new ModelError(
      `${where} has format version ${manifest.formatVersion}, and this version reads only ` +
        `${formatVersion}. Use the gan-augment that wrote it, ${manifest.version}`,
    );
  }
  const problem = firstProblem(manifest);
  if (problem) throw new ModelError(`${where} is damaged: ${problem}`);
  return manifest as unknown as Manifest;
}

function parseObject(text: string, where: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (isObject(value)) return value;
  } catch (error) {
    throw new ModelError(`${where} is not JSON: ${(error as Error).message}`, { cause: error });
  }
  throw new ModelError(`${where} is not a JSON object`);
}

function firstProblem({
  recipe,
  training,
  attack,
  summary,
  schema,
  encoders,
  generator,
  reverse,
}: Record<string, unknown>) {
  const checks: [string, boolean][] = [
    ['recipe', isObject(recipe) && typeof recipe.name === 'string' && isRecipe(recipe)],
    [
      'training',
      isObject(training) &&
        isCount(training.rows) &&
        isCount(training.steps) &&
        typeof training.seed === 'string' &&
        typeof training.engine === 'string' &&
        (training.device === undefined || typeof training.device === 'string') &&
        (training.threads === undefined || (isCount(training.threads) && training.threads > 0)) &&
        (training.privacy === undefined || isSpent(training.privacy)),
    ],
    ['attack', attack === undefined || isMeasuredAttack(attack)],
    ['summary', summary === undefined || areSummaries(summary)],
    ['schema', typeof schema === 'string'],
    ['encoders', Array.isArray(encoders)],
    [
      'generator',
      isObject(generator) &&
        isFileName(generator.file) &&
        typeof generator.sha256 === 'string' &&
        (generator.holds === undefined || typeof generator.holds === 'string') &&
        isCount(generator.rows) &&
        generator.rows > 0,
    ],
    ['reverse', reverse === undefined || isNamedFile(reverse)],
  ];
  const failed = checks.find(([, holds]) => !holds);
  return failed && `'${failed[0]}' is missing or malformed`;
}

function isSpent(value: unknown): boolean {
  return isObject(value) && Number.isFinite(value.epsilon) && Number.isFinite(value.delta);
}

function isRecipe(recipe: Record<string, unknown>): boolean {
  const { options } = recipe;
  if (!isObject(options)) return false;
  try {
    return findFamily(familyName(recipe))?.parse(options, 'sampling') !== undefined;
  } catch (error) {
    if (error instanceof InvalidOptionError) return false;
    throw error;
  }
}

function isNamedFile(value: unknown): boolean {
  return isObject(value) && isFileName(value.file) && typeof value.sha256 === 'string';
}

/** A plain name: a path could lead out of the model's directory. */
function isFileName(value: unknown): boolean {
  return typeof value === 'string' && /^[\w-]+(\.[\w-]+)*$/.test(value);
}
