import { InvalidArgumentError, Option } from 'commander';
import { defaultFitRows } from '../augment/options.js';
import { engines } from '../compute/compile.js';
import { defaultTraining } from '../gan/fit.js';

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

export const inputDescription = "Parquet, Arrow or CSV file, or '-' for an Arrow stream on stdin";

export const outputOption = () =>
  new Option(
    '-o, --output <file>',
    ".parquet, .arrow or .arrows, or '-' for an Arrow stream on stdout",
  ).makeOptionMandatory();

export const seedOption = () =>
  new Option('--seed <n>', 'same seed, same input: same output')
    .argParser(wholeNumber(0))
    .default(0);

export const jsonOption = () => new Option('--json', 'print one line of JSON on stdout');

/** Options of training, for the commands that may train. */
export const fitOptions = () =>
  [
    new Option(
      '--steps <n>',
      `training steps (default: ${defaultTraining.epochs} epochs, at least ${defaultTraining.minimumSteps})`,
    ).argParser(wholeNumber(1)),
    new Option('--fit-rows <n>', 'train on the first n rows')
      .argParser(wholeNumber(2))
      .default(defaultFitRows),
    new Option('--engine <name>', 'where to train').choices(engines).default('onnx'),
  ].map((option) => option.helpGroup('Training:'));

/** What `fitOptions` parse to. */
export interface FitFlags {
  readonly steps?: number | undefined;
  readonly fitRows: number;
  readonly engine: (typeof engines)[number];
}

/** The library's options for what `fitOptions` parse to. */
export function fitFrom({ steps, fitRows, engine }: FitFlags) {
  return { rows: fitRows, engine, steps };
}
