import { type AugmentOptions, augmentOptions } from '../../augment/options/augment-options.js';
import {
  type FitStreamOptions,
  fitStreamOptions,
  type StreamFitOptions,
} from '../../augment/options/stream-fit.js';
import { partitionByOption } from '../../data/dataset/write.js';
import { type ParquetOptions, parquetShape } from '../../data/parquet/write-options.js';
import { type TextFileOptions, textFileShape } from '../../data/text-files.js';
import { either, listOf, object } from '../../options/composed.js';
import { about, type Option, type ShapeOf } from '../../options/option.js';
import { oneOf, text } from '../../options/values.js';

/** How the output of a job is written. */
export interface JobOutput extends ParquetOptions {
  readonly partitionBy?: readonly string[] | undefined;
}

/** What a job of each command says besides the library's options. */
interface JobFiles<Command extends string> {
  readonly $schema?: string | undefined;
  readonly command?: Command | undefined;
  readonly output?: string | undefined;
}

interface JobInput {
  readonly input?: string | readonly string[] | undefined;
  readonly columns?: readonly string[] | undefined;
  readonly read?: TextFileOptions | undefined;
}

/** What a job file cannot say, or the command line sees to. */
type OfProgram = 'signal' | 'progress' | 'clock' | 'onConditions' | 'onStep' | 'onEvent';

type AugmentOfJob = Omit<AugmentOptions, OfProgram | 'ratio'> &
  Partial<Pick<AugmentOptions, 'ratio'>>;
export type AugmentJob = AugmentOfJob &
  JobFiles<'augment'> &
  JobInput & { readonly write?: JobOutput | undefined };

type TrainOfJob = Omit<FitStreamOptions, OfProgram | 'columns' | 'conditions' | 'during' | 'after'>;
export type TrainJob = TrainOfJob &
  JobFiles<'train'> &
  JobInput & { readonly learn?: StreamFitOptions['columns'] };

const columns = about(
  'read these columns alone',
  listOf(text('the name of a column'), 'an array of names of columns'),
);
const path = text('a path');
const inputShape: ShapeOf<JobInput> = {
  input: about(
    'files, a directory, a pattern or an address',
    either([path, listOf(path, 'an array of paths', { least: 1 })], 'a path, or an array of paths'),
  ),
  columns,
  read: about('how CSV and JSON lines are read', object<TextFileOptions>(textFileShape)),
};
const filesShape = <Command extends string>(command: Command): ShapeOf<JobFiles<Command>> => ({
  $schema: about('where the schema of this file is', text('an address')),
  command: about('the command that this job is for', oneOf([command]) as Option<Command>),
  output: about('where the output goes', path),
});
const write = about(
  'how Parquet is written',
  object<JobOutput>({ ...parquetShape, partitionBy: partitionByOption }),
);

const {
  signal: _s,
  progress: _p,
  clock: _c,
  onConditions: _o,
  ...augmentShape
} = augmentOptions.shape;
const { ratio, ...withoutRatio } = augmentShape;

/** A job of `gan-augment augment`: the options of `ganAugment`, and files. */
export const augmentJob: Option<AugmentJob> = object<AugmentJob>({
  ...withoutRatio,
  ratio: { ...ratio, isRequired: false },
  ...filesShape('augment'),
  ...inputShape,
  write,
});

const {
  signal: _ts,
  progress: _tp,
  onStep: _os,
  onEvent: _oe,
  conditions: _co,
  during: _du,
  after: _af,
  columns: learn,
  ...trainShape
} = fitStreamOptions.shape;

/** A job of `gan-augment train`: the options of `fitStream`, and files; `learn` is its `columns`. */
export const trainJob: Option<TrainJob> = object<TrainJob>({
  ...trainShape,
  learn,
  ...filesShape('train'),
  ...inputShape,
});
