import type { RecordBatch } from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { augmentBatches } from '../../src/augment/augment-batches.js';
import { drawDirections, drawImages } from '../../src/augment/draw-images.js';
import { drawVideos } from '../../src/augment/draw-videos.js';
import { fitStream } from '../../src/augment/fit-stream.js';
import { ganAugment } from '../../src/augment/gan-augment.js';
import { augmentOptions } from '../../src/augment/options/augment-options.js';
import {
  directionsOptions,
  drawOptions,
  drawVideosOptions,
} from '../../src/augment/options/draw.js';
import { sampleOptions } from '../../src/augment/options/sample.js';
import { fitStreamOptions } from '../../src/augment/options/stream-fit.js';
import { translateOptions } from '../../src/augment/options/translate.js';
import { sampleBatches } from '../../src/augment/sample-batches.js';
import {
  groupSequences,
  ungroupSequences,
  windows,
} from '../../src/augment/sequences/operators.js';
import * as sinks from '../../src/augment/stream/sinks.js';
import * as sources from '../../src/augment/stream/sources.js';
import { tensorOptions } from '../../src/augment/tensors/options.js';
import { tensorBatches } from '../../src/augment/tensors/tensor-batches.js';
import { toTensors } from '../../src/augment/tensors/to-tensors.js';
import { translateBatches } from '../../src/augment/translate-batches.js';
import { readCsvOptions } from '../../src/data/csv/options.js';
import { readCsvBatches } from '../../src/data/csv/read.js';
import { writeCsvBatches } from '../../src/data/csv/write.js';
import { writeCsvOptions } from '../../src/data/csv/write-options.js';
import { readDatasetBatches, readDatasetOptions } from '../../src/data/dataset/read.js';
import { writeDatasetDirectory, writeDatasetOptions } from '../../src/data/dataset/write.js';
import { readIdxBatches, readIdxOptions } from '../../src/data/idx/read.js';
import { decodeImage, decodeOptions } from '../../src/data/images/decode.js';
import { gridOptions, imageGrid } from '../../src/data/images/grid.js';
import { readImageBatches, readImagesOptions } from '../../src/data/images/read.js';
import { readIpcBatches, readIpcOptions } from '../../src/data/ipc/read.js';
import { writeIpcBatches, writeIpcOptions } from '../../src/data/ipc/write.js';
import { readJsonLinesBatches, readJsonLinesOptions } from '../../src/data/json/read.js';
import { writeJsonLinesBatches, writeJsonLinesOptions } from '../../src/data/json/write.js';
import { readNiftiOptions } from '../../src/data/nifti/options.js';
import { readNiftiBatches } from '../../src/data/nifti/read.js';
import { readParquetBatches, readParquetOptions } from '../../src/data/parquet/read.js';
import { writeParquetFile, writeParquetOptions } from '../../src/data/parquet/write.js';
import { readParquetJsBatches, readParquetJsOptions } from '../../src/data/parquetjs/read.js';
import { writeParquetJsFile, writeParquetJsOptions } from '../../src/data/parquetjs/write.js';
import { groupSequenceBatches } from '../../src/data/sequences/group.js';
import { groupOptions, ungroupOptions, windowOptions } from '../../src/data/sequences/options.js';
import { ungroupSequenceBatches } from '../../src/data/sequences/ungroup.js';
import { windowBatches } from '../../src/data/sequences/windows.js';
import { readSoundsOptions } from '../../src/data/sounds/options.js';
import { readSoundBatches } from '../../src/data/sounds/read.js';
import { decodeAnimation } from '../../src/data/videos/decode.js';
import { encodeOptions, encodeWebp } from '../../src/data/videos/encode.js';
import { decodeAnimationOptions, readVideosOptions } from '../../src/data/videos/options.js';
import { readVideoBatches } from '../../src/data/videos/read.js';
import { InvalidOptionError } from '../../src/errors.js';
import { evaluate, evaluateOptions } from '../../src/evaluate/evaluate.js';
import { explainModel, explainOptions } from '../../src/evaluate/explain/explain-model.js';
import {
  evaluateImages,
  imageEvaluationOptions,
} from '../../src/evaluate/image/evaluate-images.js';
import { liftOptions, measureLift } from '../../src/evaluate/utility/measure-lift.js';
import { fitModel } from '../../src/gan/fit/fit.js';
import { fitModelOptions } from '../../src/gan/fit/options.js';
import { saveModel, saveOptions } from '../../src/gan/model/directory.js';
import { fitSmote, smoteOptions } from '../../src/makers/smote.js';
import type { AnyOption } from '../../src/options/option.js';
import { numberedModel, numberedSchema } from '../augment/support/numbered.js';

let reads = 0;
/** Batches, bytes or rows that must not be asked for. */
const unread: never = new Proxy(
  {},
  {
    get(_, key) {
      if (key === Symbol.asyncIterator) return unreadIterator;
      if (key === 'then' || key === 'constructor') return undefined;
      reads++;
      return undefined;
    },
    has: (_, key) => key === Symbol.asyncIterator,
  },
) as never;
const unreadIterator = () => {
  reads++;
  throw new Error('read');
};
const path = '/no/such/directory/file';

type Call = readonly [
  name: string,
  description: AnyOption,
  base: object,
  call: (options: never) => unknown,
];

/** Every function that takes options, with the least that it needs. */
const calls: readonly Call[] = [
  ['ganAugment', augmentOptions, { ratio: 0.3 }, ganAugment],
  ['augmentBatches', augmentOptions, { ratio: 0.3 }, (o) => augmentBatches(unread, o)],
  ['fitStream', fitStreamOptions, {}, (o) => fitStream(unread, o)],
  ['fitModel', fitModelOptions, {}, (o) => fitModel(numberedSchema, [], o)],
  ['sampleBatches', sampleOptions, { rows: 1 }, (o) => sampleBatches(path, o)],
  ['groupSequences', groupOptions, { by: 'a' }, groupSequences],
  ['groupSequenceBatches', groupOptions, { by: 'a' }, (o) => groupSequenceBatches(unread, o)],
  ['ungroupSequences', ungroupOptions, {}, ungroupSequences],
  ['ungroupSequenceBatches', ungroupOptions, {}, (o) => ungroupSequenceBatches(unread, o)],
  ['windows', windowOptions, { length: 2 }, windows],
  ['toTensors', tensorOptions, { batch: 2 }, toTensors],
  ['tensorBatches', tensorOptions, { batch: 2 }, (o) => tensorBatches(unread, o)],
  ['windowBatches', windowOptions, { length: 2 }, (o) => windowBatches(unread, o)],
  ['translateBatches', translateOptions, {}, (o) => translateBatches(path, unread, o)],
  ['drawImages', drawOptions, { rows: 1 }, (o) => drawImages(numberedModel(), o)],
  ['drawDirections', directionsOptions, {}, (o) => drawDirections(numberedModel(), o)],
  ['drawVideos', drawVideosOptions, { rows: 1 }, (o) => drawVideos(numberedModel(), o)],
  ['saveModel', saveOptions, {}, (o) => saveModel(numberedModel(), path, o)],
  ['evaluate', evaluateOptions, {}, (o) => evaluate(unread, unread, o)],
  [
    'evaluateImages',
    imageEvaluationOptions,
    { classes: 2 },
    (o) => evaluateImages(unread, unread, unread, o),
  ],
  ['measureLift', liftOptions, { real: [], synthetic: [], holdout: [], target: 'a' }, measureLift],
  ['fitSmote', smoteOptions, {}, (o) => fitSmote(unread, o)],
  ['readParquet', readParquetOptions, {}, (o) => sources.readParquet(path, o)],
  ['readParquetBatches', readParquetOptions, {}, (o) => readParquetBatches(path, o)],
  ['readDataset', readDatasetOptions, {}, (o) => sources.readDataset(path, o)],
  ['readDatasetBatches', readDatasetOptions, {}, (o) => readDatasetBatches(path, o)],
  ['readIpcBatches', readIpcOptions, {}, (o) => readIpcBatches(path, o)],
  ['readCsv', readCsvOptions, {}, (o) => sources.readCsv(path, o)],
  ['readCsvBatches', readCsvOptions, {}, (o) => readCsvBatches(path, o)],
  ['readJsonLines', readJsonLinesOptions, {}, (o) => sources.readJsonLines(path, o)],
  ['readJsonLinesBatches', readJsonLinesOptions, {}, (o) => readJsonLinesBatches(path, o)],
  ['readImages', readImagesOptions, {}, (o) => sources.readImages(path, o)],
  ['readImageBatches', readImagesOptions, {}, (o) => readImageBatches(path, o)],
  ['readSounds', readSoundsOptions, {}, (o) => sources.readSounds(path, o)],
  ['readSoundBatches', readSoundsOptions, {}, (o) => readSoundBatches(path, o)],
  ['readVideos', readVideosOptions, {}, (o) => sources.readVideos(path, o)],
  ['readVideoBatches', readVideosOptions, {}, (o) => readVideoBatches(path, o)],
  [
    'decodeAnimation',
    decodeAnimationOptions,
    {},
    (o) => decodeAnimation(new Uint8Array(), path, o),
  ],
  ['encodeWebp', encodeOptions, {}, (o) => encodeWebp(unread, o)],
  ['readNifti', readNiftiOptions, {}, (o) => sources.readNifti(path, o)],
  ['readNiftiBatches', readNiftiOptions, {}, (o) => readNiftiBatches(path, o)],
  ['readIdx', readIdxOptions, {}, (o) => sources.readIdx(path, undefined, o)],
  ['readIdxBatches', readIdxOptions, {}, (o) => readIdxBatches(path, undefined, o)],
  ['readParquetJsBatches', readParquetJsOptions, {}, (o) => readParquetJsBatches(path, o)],
  ['decodeImage', decodeOptions, {}, (o) => decodeImage(new Uint8Array(), path, o)],
  ['explainModel', explainOptions, {}, (o) => explainModel(numberedModel(), o)],
  ['imageGrid', gridOptions, {}, (o) => imageGrid(unread, o)],
  ['writeParquet', writeParquetOptions, {}, (o) => sinks.writeParquet(path, o)],
  ['writeParquetFile', writeParquetOptions, {}, (o) => writeParquetFile(path, unread, o)],
  ['writeDataset', writeDatasetOptions, {}, (o) => sinks.writeDataset(path, o)],
  ['writeDatasetDirectory', writeDatasetOptions, {}, (o) => writeDatasetDirectory(path, unread, o)],
  ['writeArrow', writeIpcOptions, {}, (o) => sinks.writeArrow(path, o)],
  ['writeIpcBatches', writeIpcOptions, {}, (o) => writeIpcBatches(path, unread, o)],
  ['writeCsv', writeCsvOptions, {}, (o) => sinks.writeCsv(path, o)],
  ['writeCsvBatches', writeCsvOptions, {}, (o) => writeCsvBatches(path, unread, o)],
  ['writeJsonLines', writeJsonLinesOptions, {}, (o) => sinks.writeJsonLines(path, o)],
  [
    'writeJsonLinesBatches',
    writeJsonLinesOptions,
    {},
    (o) => writeJsonLinesBatches(path, unread, o),
  ],
  ['writeParquetJsFile', writeParquetJsOptions, {}, (o) => writeParquetJsFile(path, unread, o)],
];

/** An option of a description, at any depth, and the names that lead to it. */
interface Place {
  readonly names: readonly string[];
  readonly option: AnyOption;
}

function placesOf(option: AnyOption, names: readonly string[] = []): Place[] {
  const inside = [option, ...(option.alternatives ?? [])].flatMap(({ shape, item, json }) => [
    ...Object.entries(shape ?? {}),
    ...(item && json?.type === 'object' ? [['anything', item] as const] : []),
  ]);
  return inside.flatMap(([name, each]) => [
    { names: [...names, name], option: each },
    ...placesOf(each, [...names, name]),
  ]);
}

function withValue(options: object, names: readonly string[], value: unknown): object {
  const [name = '', ...rest] = names;
  const inner = (options as Record<string, object | undefined>)[name];
  const isNested = typeof inner === 'object' && inner !== null;
  return {
    ...options,
    [name]: rest.length === 0 ? value : withValue(isNested ? inner : {}, rest, value),
  };
}

/** The error that a call ends in, at once or when its promise or first batch is waited for. */
async function errorOf(call: Call[3], options: unknown): Promise<unknown> {
  try {
    const result = await call(options as never);
    if (typeof result === 'object' && result !== null && Symbol.asyncIterator in result) {
      await (result as AsyncIterable<RecordBatch>)[Symbol.asyncIterator]().next();
    }
    return undefined;
  } catch (error) {
    return error;
  }
}

/** Names next to a name: a letter more, one fewer, another one, two swapped, another case. */
const misspelt = (name: string) =>
  fc
    .tuple(fc.nat(name.length - 1), fc.constantFrom(...'abcdefghijklmnopqrstuvwxyzS_'), fc.nat(4))
    .map(([at, letter, way]) => {
      const [before, here, after] = [name.slice(0, at), name[at] ?? '', name.slice(at + 1)];
      const ways = [
        before + letter + here + after,
        before + after,
        before + letter + after,
        before + after.slice(0, 1) + here + after.slice(1),
        before + (here === here.toUpperCase() ? here.toLowerCase() : here.toUpperCase()) + after,
      ];
      return ways[way] as string;
    });

const isInput = (call: unknown, [name]: readonly string[], value: unknown) =>
  call === ganAugment && name === 'model' && (Array.isArray(value) || value instanceof Map);

const wrongValues = [
  ...[null, true, 'x\ny', '', Number.NaN, -7.5, 10n, Symbol('s'), [], [null], {}, { a: { b: 1 } }],
  ...[() => {}, new Date(0), new Map(), /a/],
];

describe.each(calls)('%s', (_, description, base, call) => {
  const places = placesOf(description);

  it('should refuse each option misspelt, before anything is read, and name it', async () => {
    reads = 0;
    const wrong = fc.constantFrom(...places).chain(({ names, option }) => {
      const last = names.at(-1) as string;
      return misspelt(last).map((name) => ({ names, option, name }));
    });
    await fc.assert(
      fc.asyncProperty(
        wrong,
        fc.constantFrom(1, 'a', undefined),
        async ({ names, name }, value) => {
          const parent = names.slice(0, -1);
          // What is inside names of the user's can have any name, and a slip may be another option.
          const beside = places.filter(
            ({ names: each }) => each.slice(0, -1).join('.') === parent.join('.'),
          );
          const isFree = beside.some(({ names: each }) => each.at(-1) === 'anything');
          fc.pre(name !== '' && !isFree && !beside.some(({ names: each }) => each.at(-1) === name));

          const error = await errorOf(call, withValue(base, [...parent, name], value));

          expect(error).toBeInstanceOf(InvalidOptionError);
          expect((error as Error).message).toContain(`'${[...parent, name].join('.')}'`);
          expect((error as Error).message).toMatch(
            /is not known: .*(Did you mean|belongs|Options: )/,
          );
          expect(reads).toBe(0);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('should refuse each option of a wrong type, before anything is read, and name it', async () => {
    reads = 0;
    for (const { names, option } of places) {
      // What gives a model is an array too, for the operator alone.
      const wrong = wrongValues.filter(
        (value) => !option.accepts(value) && !isInput(call, names, value),
      );
      expect(wrong.length).toBeGreaterThan(3);
      for (const value of wrong) {
        const error = await errorOf(call, withValue(base, names, value));

        expect(error).toBeInstanceOf(InvalidOptionError);
        const { message } = error as Error;
        expect(message).toMatch(new RegExp(`\\b${names[0]}\\b.* must be .*: .`, 's'));
        expect(message).toContain(names.at(-1));
      }
    }
    expect(reads).toBe(0);
  });

  it.each([[300], ['ratio'], [[]], [() => {}]])(
    'should refuse %o instead of options',
    async (options) => {
      const error = await errorOf(call, options);

      expect(error).toBeInstanceOf(InvalidOptionError);
      expect((error as Error).message).toContain('options must be an object of options: ');
    },
  );
});
