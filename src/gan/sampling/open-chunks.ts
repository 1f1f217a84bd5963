import { availableParallelism } from 'node:os';
import { InvalidOptionError } from '../../errors.js';
import type { RatioConditions } from '../conditions/options.js';
import { splitConditions } from '../conditions/ranges.js';
import { needsSource } from '../families/needs-source.js';
import type { Model } from '../model/model.js';
import type { Chunks } from './chunks.js';
import { rangedChunks } from './ranged-chunks.js';
import { openSampler, type SampleStream } from './sampler.js';
import type { SamplingTarget } from './sampling-target.js';
import { openSamplingThread } from './sampling-thread.js';
import { shareWork } from './share-work.js';
import { isTranslating } from './translation.js';

/** Rows that are made on the calling thread first: a short stream is not worth another thread. */
const patience = 4096;

/** Numbers of encoded rows that a thread makes at once. */
const blockNumbers = 2 ** 18;

/** Which of a model's endless sequences of synthetic rows, and what they are to be like. */
export interface AskedStream extends Omit<SampleStream, 'conditions'> {
  readonly conditions?: RatioConditions | undefined;
}

/**
 * Opens a model's endless sequence of synthetic rows. However it is cut into batches, row k is
 * always the same.
 *
 * Soon a thread of its own makes them ahead, if there is a second processor. Should that thread
 * fail, the calling one goes on in its place.
 *
 * @param open Opens the thread; false for none.
 */
export async function openChunks(
  model: Model,
  stream: AskedStream,
  place: SamplingTarget = {},
  open?: typeof openSamplingThread | false,
): Promise<Chunks> {
  const { schema, manifest, encoders } = model;
  const table = { schema, rules: manifest.rules ?? [] };
  const { values, ranges } = splitConditions(stream.conditions, table, encoders);
  const own = { ...stream, conditions: values };
  const isThreaded = !values && isThreadUseful(place);
  const shared = nativeThreads(place, isThreaded, availableParallelism());
  const opening = open ?? (isThreaded && openSamplingThread);
  const chunks = await openWithValues(model, own, shared, opening);
  return ranges.length === 0 ? chunks : rangedChunks(chunks, ranges);
}

/** The same of conditions without ranges. */
async function openWithValues(
  model: Model,
  stream: SampleStream,
  place: SamplingTarget,
  open: typeof openSamplingThread | false,
): Promise<Chunks> {
  if (model.openRows) return openRowsOf(model, stream);
  if (isTranslating(model)) needsSource();
  const sampler = await openSampler(model, stream, place);
  const count = Math.max(Math.floor(blockNumbers / (sampler.rows * sampler.width)), 1);
  let index = 0;
  let shared: ReturnType<typeof shareWork> | undefined;
  return {
    next() {
      if (open && index * sampler.rows >= patience) {
        shared ??= shareWork(sampler, open({ model, stream, place }), index, count);
        return shared.next();
      }
      return sampler.chunk(index++);
    },
    ...(stream.conditions ? { report: () => sampler.report() } : {}),
    dispose: async () => void (await Promise.all([shared?.dispose(), sampler.dispose()])),
  };
}

function openRowsOf({ openRows, manifest }: Model, stream: SampleStream): Chunks {
  if (stream.conditions) {
    throw new InvalidOptionError(
      `a model of recipe '${manifest.recipe.name}' takes no 'where' and no 'balance'. Train a model, ` +
        'or leave them out',
    );
  }
  return (openRows as NonNullable<Model['openRows']>)(stream);
}

/**
 * The same place with as many native threads as one of those has who make rows: where two do, on a
 * processor of so many cores, each has half. More would wait for each other, and take longer than fewer.
 */
export function nativeThreads(
  { threads = 1, ...place }: SamplingTarget,
  isThreaded: boolean,
  cores: number,
): SamplingTarget {
  const makers = isThreaded ? 2 : 1;
  return { ...place, threads: Math.max(1, Math.floor(Math.min(threads, cores) / makers)) };
}

/** A device besides the processor works on the side by itself. */
function isThreadUseful({ device = 'cpu' }: SamplingTarget): boolean {
  return device === 'cpu' && availableParallelism() > 1;
}
