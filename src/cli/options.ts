import { InvalidArgumentError, Option } from 'commander';
import { autoRecipe, fitOption } from '../augment/options/stream-fit.js';
import { engineShape } from '../compute/engines/option-shape.js';
import {
  deviceNames,
  devices,
  type EngineOptions,
  engineNames,
  type OnnxDevice,
} from '../compute/engines/options.js';
import type { ColumnOptions } from '../encode/column-options.js';
import { checkRulesOption } from '../encode/rules/find-rules.js';
import { type RuleKind, type RuleOption, ruleKinds } from '../encode/rules/rule.js';
import type { UnmodelledChoice } from '../encode/unmodelled.js';
import { InvalidOptionError } from '../errors.js';
import type { RecipeOption } from '../gan/families/recipe-option.js';
import { checkRecipeOption, recipeNames } from '../gan/families/recipes.js';
import type { TranslateOption } from '../gan/families/translate-option.js';
import { type PrivacyOption, privacyOptions } from '../gan/fit/privacy.js';
import type { SamplingTarget } from '../gan/sampling/sampling-target.js';
import type { KeepChoice } from '../gan/training/keep.js';
import { flagOf } from './flag.js';
import { splitNames, splitPair } from './names.js';

/** A whole number from `least`. */
export const wholeNumber = (least: number) => (text: string) => {
  const value = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value < least) {
    throw new InvalidArgumentError(`It must be a whole number from ${least}.`);
  }
  return value;
};

/** Any number; what it may be is for the library to say. */
export function anyNumber(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || Number.isNaN(value)) {
    throw new InvalidArgumentError('It must be a number, such as 0.3.');
  }
  return value;
}

export const inputDescription =
  'Parquet, Arrow or CSV: files, a directory, a pattern or an address; a folder of images, of WAV ' +
  "files or of clips, whose sub-folders are labels; or '-' for an Arrow stream on stdin";

/** Names of columns with commas between them. */
export function columnNames(text: string): string[] {
  const names = splitNames(text);
  // A name that is empty is written as one: '""'.
  if (!names.includes('') || text.includes('""')) return names;
  throw new InvalidArgumentError('It must be names of columns, such as a,b.');
}

const addColumn = (text: string, before: Readonly<Record<string, ColumnOptions>> = {}) => {
  const [name, kind] = splitPair(text, 'zip=categorical');
  return { ...before, [name]: { kind: kind as NonNullable<ColumnOptions['kind']> } };
};

/** A rule: its kind, and its columns behind a colon. */
const addRule = (text: string, before: readonly RuleOption[] = []) => {
  const at = text.indexOf(':');
  const rule = { kind: text.slice(0, at) as RuleKind, columns: splitNames(text.slice(at + 1)) };
  try {
    checkRulesOption([rule], '');
  } catch (error) {
    if (!(error instanceof InvalidOptionError)) throw error;
    throw new InvalidArgumentError(
      `It must be a kind and columns, such as order:start,end; kinds: ${ruleKinds.join(', ')}.`,
    );
  }
  return [...before, rule];
};

/** The name of a recipe, or what is different from one as JSON. */
export function recipeFrom(text: string): RecipeOption {
  const recipe = text.trimStart().startsWith('{')
    ? parseJson<RecipeOption>(text)
    : (text as RecipeOption);
  // What is no recipe by itself is for the command to take or refuse.
  if (text === autoRecipe) return recipe;
  try {
    checkRecipeOption(recipe);
  } catch (error) {
    if (!(error instanceof InvalidOptionError)) throw error;
    throw new InvalidArgumentError(
      error.message
        .replace('ganAugment: fit.recipe.', 'Its ')
        .replace('ganAugment: fit.recipe', 'It'),
    );
  }
  return recipe;
}

/** A translation: two columns, or a column, the one of domains and a domain; or JSON. */
export function translateFrom(text: string): TranslateOption {
  if (text.trimStart().startsWith('{')) return parseJson(text);
  const [from = '', to = '', ...more] = text.split(':');
  const [domain = '', level] = to.split('=');
  if (from === '' || domain === '' || level === '' || more.length > 0 || to.split('=').length > 2) {
    throw new InvalidArgumentError(
      'It must be labels:slice, of two columns, or image:scanner=B, of a column and a domain; names ' +
        'with : or = as JSON.',
    );
  }
  return level === undefined ? { from, to: domain } : { column: from, domain, to: level };
}

function parseJson<Value>(text: string): Value {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InvalidArgumentError(`It is no JSON: ${(error as Error).message}.`);
  }
}

export const columnsOption = () =>
  new Option('--columns <names>', 'read these columns alone: a,b').argParser(columnNames);

export const outputOption = () =>
  new Option(
    '-o, --output <file>',
    ".parquet, .arrow, .arrows, .csv or .jsonl; a directory with --partition-by; or '-' for an Arrow stream on stdout",
  ).makeOptionMandatory();

export const seedOption = () => jobSeedOption().default(0, '0');

/** The seed of a command whose job file may say another: without a default that would hide it. */
export const jobSeedOption = () =>
  new Option('--seed <n>', 'same seed, same input: same output').argParser(wholeNumber(0));

const fitShape = fitOption.shape;

/** Options of training, for the commands that may train. */
export const fitOptions = () =>
  [
    new Option(
      '--recipe <name>',
      `how to train (default: what suits the columns): ${recipeNames.join(', ')}; auto, of augment, for what the gate finds best; or JSON of what is ` +
        'different from one of them, such as \'{"base":"dcgan-r1","widthMultiplier":0.5}\'',
    ).argParser(recipeFrom),
    flagOf('--target <column>', fitShape.target),
    new Option(
      '--translate <what>',
      'make one tensor of a real row anew: labels:slice, of two columns, or image:scanner=B, of a column and the domain that it is to be of',
    ).argParser(translateFrom),
    flagOf('--steps <n>', fitShape.steps),
    flagOf('--epochs <n>', fitShape.epochs).conflicts('steps'),
    flagOf('--seconds <n>', fitShape.seconds),
    new Option(
      '--patience <looks>',
      'end after so many looks at held-out rows that found nothing better; 0 for never (default: 8)',
    ).argParser(wholeNumber(0)),
    flagOf('--keep <state>', fitShape.keep),
    flagOf('--checkpoint <file>', fitShape.checkpoint),
    new Option('--resume', fitShape.resume.about),
    flagOf('--pictures <directory>', fitShape.pictures),
    flagOf('--fit-rows <n>', fitShape.rows),
    new Option(
      '--column <name=kind>',
      'learn a column as continuous, integer, categorical, boolean or temporal; have it made up (identifier), drawn again (resample) or null; may be given several times',
    ).argParser(addColumn),
    new Option(
      '--rule <kind:columns>',
      'a rule that every synthetic row keeps, beside those found in the data: order:start,end; may be given several times',
    ).argParser(addRule),
    new Option('--no-rules', 'keep no rules, and look for none'),
    new Option('--no-privacy', 'make and save values of few rows too'),
    flagOf('--epsilon <e>', privacyOptions.shape.epsilon),
    flagOf('--delta <d>', privacyOptions.shape.delta),
    flagOf('--unmodelled <choice>', fitShape.unmodelled),
  ].map((option) => option.helpGroup('Training:'));

/** Options of where to compute. */
export const engineOptions = ({
  engines = engineNames,
  devices = deviceNames,
}: {
  engines?: readonly string[];
  devices?: readonly string[];
} = {}) =>
  [
    flagOf('--engine <name>', engineShape.engine).choices(engines),
    flagOf('--device <name>', engineShape.device).choices(devices),
    flagOf('--threads <n>', engineShape.threads),
  ].map((option) => option.helpGroup('Engine:'));

/** What `engineOptions` parse to. */
export interface EngineFlags {
  readonly engine?: EngineOptions['engine'];
  readonly device?: EngineOptions['device'];
  readonly threads?: number | undefined;
}

/** What `fitOptions` parse to. */
export interface FitFlags extends EngineFlags {
  readonly recipe?: RecipeOption;
  readonly target?: string;
  readonly translate?: TranslateOption;
  readonly steps?: number | undefined;
  readonly epochs?: number;
  readonly seconds?: number;
  readonly patience?: number;
  readonly keep?: KeepChoice;
  readonly checkpoint?: string;
  readonly resume?: true;
  readonly pictures?: string;
  readonly fitRows?: number;
  readonly unmodelled?: UnmodelledChoice;
  readonly column?: Readonly<Record<string, ColumnOptions>>;
  readonly rule?: readonly RuleOption[];
  /** False for --no-rules. */
  readonly rules?: boolean;
  /** False for --no-privacy. */
  readonly privacy?: boolean;
  readonly epsilon?: number;
  readonly delta?: number;
}

/** The library's options for what `fitOptions` parse to. */
export function fitFrom({ fitRows, engine, device, threads, ...flags }: FitFlags) {
  const { recipe, target, translate, steps, epochs, seconds, keep } = flags;
  const { checkpoint, resume, pictures } = flags;
  const patience = flags.patience === 0 ? (false as const) : flags.patience;
  const schedule = { steps, epochs, seconds, keep, checkpoint, resume, pictures };
  const training = { recipe, target, translate, ...schedule };
  const { unmodelled } = flags;
  const privacy = privacyFrom(flags);
  const table = { columns: flags.column, rules: flags.rules === false ? false : flags.rule };
  const place = { engine, device, threads };
  return { rows: fitRows, ...place, unmodelled, patience, privacy, ...training, ...table };
}

function privacyFrom({ privacy, epsilon, delta }: FitFlags): PrivacyOption | undefined {
  if (epsilon === undefined && delta === undefined) return privacy === false ? false : undefined;
  if (privacy !== false) return { epsilon, delta };
  throw new InvalidOptionError(
    '--no-privacy and --epsilon exclude each other. Leave one of them out',
  );
}

/** Where synthetic rows are made: the same place, if a saved model can run there. */
export function samplingFrom({ engine, device, threads }: EngineFlags): SamplingTarget {
  if (engine === 'tfjs' || !isOnnxDevice(device)) return {};
  return { device, threads };
}

function isOnnxDevice(device: EngineFlags['device']): device is OnnxDevice | undefined {
  return device === undefined || (devices.onnx as readonly string[]).includes(device);
}
