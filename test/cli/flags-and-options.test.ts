import { describe, expect, it } from 'vitest';
import { augmentOptions } from '../../src/augment/options/augment-options.js';
import { fitStreamOptions } from '../../src/augment/options/stream-fit.js';
import { augmentJob, trainJob } from '../../src/cli/job/descriptions.js';
import { createProgram } from '../../src/cli/program.js';
import { toJsonSchema } from '../../src/options/json-schema.js';
import type { AnyOption } from '../../src/options/option.js';
import { fakeConsole } from './support/console.js';

/** The option of a job that each flag sets, where the two say the same. */
const fit: Readonly<Record<string, string>> = {
  '--target': 'target',
  '--steps': 'steps',
  '--epochs': 'epochs',
  '--seconds': 'seconds',
  '--keep': 'keep',
  '--checkpoint': 'checkpoint',
  '--resume': 'resume',
  '--pictures': 'pictures',
  '--fit-rows': 'rows',
  '--unmodelled': 'unmodelled',
  '--epsilon': 'privacy.epsilon',
  '--delta': 'privacy.delta',
  '--engine': 'engine',
  '--device': 'device',
  '--threads': 'threads',
};
const reading: Readonly<Record<string, string>> = {
  '--delimiter': 'read.csv.delimiter',
  '--trim': 'read.csv.trim',
  '--decimal': 'read.csv.decimal',
  '--thousands': 'read.csv.thousands',
  '--date-format': 'read.csv.dateFormat',
  '--skip-lines': 'read.csv.skipLines',
  '--duplicate-names': 'read.csv.duplicateNames',
  '--sample-rows': 'read.csv.sampleRows',
  '--encoding': 'read.csv.encoding',
};
const same: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  train: {
    ...fit,
    ...reading,
    '--columns': 'columns',
    '--sample': 'sample',
    '--privacy-attack': 'privacy.attack',
  },
  augment: {
    ...Object.fromEntries(Object.entries(fit).map(([flag, name]) => [flag, `fit.${name}`])),
    ...reading,
    '--columns': 'columns',
    '--ratio': 'ratio',
    '--model': 'model',
    '--mark': 'mark',
    '--mode': 'mode',
    '--placement': 'placement',
    '--limit': 'limit',
    '--partition': 'partition',
    '--rows-before': 'rowsBefore',
    '--reject-closer-than': 'rejectCloserThan',
    '--gate-at-least': 'gate.atLeast',
    '--gate-seconds': 'gate.seconds',
    '--agree': 'agree',
    '--privacy-attack': 'privacy.attack',
    '--balance': 'balance',
    '--compression': 'write.compression',
    '--row-group-rows': 'write.rowGroupRows',
    '--parquet-threads': 'write.threads',
    '--statistics': 'write.statistics',
    '--metadata': 'write.metadata',
  },
};
/** Flags that say an option in other words, and those of the command line alone. */
const others: Readonly<Record<string, readonly string[]>> = {
  shared: [
    '--output',
    '--config',
    '--json',
    '--report',
    '--overwrite',
    '--seed',
    '--recipe',
    '--column',
  ].concat([
    '--rule',
    '--no-rules',
    '--no-privacy',
    '--patience',
    '--no-header',
    '--nulls',
    '--type',
    ...['--sequence-by', '--order-by', '--attributes', '--translate'],
  ]),
  train: ['--sign'],
  augment: ['--verify', '--where', '--no-gate', '--partition-by', '--guard-cells', '--mix'],
};
const jobs: Readonly<Record<string, AnyOption>> = { train: trainJob, augment: augmentJob };

const program = createProgram({ ...fakeConsole(), signal: new AbortController().signal });

function flagsOf(command: string) {
  return program.commands.find((each) => each.name() === command)?.options ?? [];
}

function optionAt(job: AnyOption, path: string): AnyOption {
  const found = path.split('.').reduce<AnyOption | undefined>((option, name) => {
    const shapes = [option, ...(option?.alternatives ?? [])].map((each) => each?.shape);
    return shapes.find((shape) => shape?.[name] !== undefined)?.[name];
  }, job);
  if (!found) throw new Error(`no option ${path}`);
  return found;
}

describe.each(['train', 'augment'])('flags of %s', (command) => {
  it('should be known to this test, one by one', () => {
    const known = [
      ...Object.keys(same[command] ?? {}),
      ...(others.shared ?? []),
      ...(others[command] ?? []),
    ];

    const flags = flagsOf(command).map(({ long }) => long);

    expect(flags.toSorted()).toEqual(known.toSorted());
  });

  it.each(Object.entries(same[command] ?? {}))(
    'should say of %s what the option %s says, its default too',
    (flag, path) => {
      const option = optionAt(jobs[command] as AnyOption, path);
      const found = flagsOf(command).find(({ long }) => long === flag);

      expect(found?.description.startsWith(option.about ?? 'no help')).toBe(true);
      // Nobody may have chosen a default that hides what --config says.
      expect(found?.defaultValue).toBeUndefined();
      if (found?.argChoices) expect(option.json?.enum).toEqual(found.argChoices);
    },
  );
});

describe('options of jobs', () => {
  /** What JSON does not have, and what the command line sees to itself. */
  const ofProgram = ['signal', 'progress', 'clock', 'onConditions', 'onStep', 'onEvent'];

  it.each([
    ['augment', augmentOptions.shape, ofProgram],
    // What a stream alone has, and what `--config` calls `learn`.
    ['train', fitStreamOptions.shape, [...ofProgram, 'conditions', 'during', 'after']],
  ])('should be those of the library: %s', (command, shape, left) => {
    const job = jobs[command] as AnyOption;

    const names = Object.keys(shape).filter((name) => !left.includes(name));
    const missing = names.filter((name) => toJsonSchema(optionAt(job, name)) === undefined);

    expect(missing).toEqual([]);
    expect(names.length).toBeGreaterThan(10);
  });
});
