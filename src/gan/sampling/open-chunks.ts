import { availableParallelism } from 'node:os';
import { InvalidOptionError } from '../../errors.js';
import { needsSource } from '../families/needs-source.js';
import type { Model } from '../model/model.js';
import type { Chunks } from './chunks.js';
import { openSampler, type SampleStream } from './sampler.js';
import type { SamplingTarget } from './sampling-target.js';
import { openSamplingThread } from './sampling-thread.js';
import { shareWork } from './share-work.js';
import { isTranslating } from './translation.js';

/** Rows that are made on the calling thread first: a short stream is not worth another thread. */
const patience = 4096;

/** Numbers of encoded rows that a thread makes at once. */
const blockNumbers = 2 ** 18;

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
  stream: SampleStream,
  place: SamplingTarget = {},
  open: typeof openSamplingThread | false = !stream.conditions &&
    isThreadUseful(place) &&
    openSamplingThread,
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

/** A device besides the processor works on the side by itself. */
function isThreadUseful({ device = 'cpu' }: SamplingTarget): boolean {
  return device === 'cpu' && availableParallelism() > 1;
}
