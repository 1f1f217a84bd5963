import { augmentBatches } from '../../augment/augment-batches.js';
import { readChunks } from '../../data/files/byte-source.js';
import { openStreamSink, type StreamSink } from '../../data/files/byte-target.js';
import { type ByteQueue, createByteQueue } from '../../data/ipc/byte-queue.js';
import { readIpcBatches } from '../../data/ipc/read.js';
import { encodeIpcStream } from '../../data/ipc/write.js';
import { FormatError, GanAugmentError } from '../../errors.js';
import type { Model } from '../../gan/model/model.js';
import type { SamplingTarget } from '../../gan/sampling/sampling-target.js';
import { untilAborted } from '../../threads/abortable.js';
import { version } from '../../version.js';
import type { Context } from '../console.js';
import { encodeFrame, frameTypes, readHead, readJson } from './frames.js';
import { openStreamInput, StreamCancelled } from './stream-input.js';
import { parseStreamOptions } from './stream-options.js';

/** Version of the framing. */
export const protocol = 1;

/** What a worker serves. */
export interface Serving {
  /** Loads the model; a failure is told the client too. */
  readonly load: () => Promise<Model>;
  readonly target: SamplingTarget;
  /** Seconds without a stream after which the worker ends by itself. */
  readonly idle: number;
}

/** How streams are augmented. */
interface Sampling {
  readonly model: Model;
  readonly target: SamplingTarget;
}

/**
 * Augments one Arrow stream after another, from stdin to stdout, until stdin ends or nothing comes
 * for long. What goes wrong with a stream is told its client, and the next one can follow.
 *
 * @throws FormatError if stdin ends in the middle of a stream, or holds no frames.
 */
export async function serveStreams(
  { load, target, idle }: Serving,
  { console: { stdin, stdout }, signal }: Context,
): Promise<void> {
  const queue = createByteQueue(readChunks(stdin, 'standard input', signal));
  const sink = openStreamSink(stdout, 'standard output', false);
  try {
    const model = await load().catch(async (error) => {
      await sink.write(encodeFrame(frameTypes.failed, describeFailure(error)));
      throw error;
    });
    await sink.write(encodeFrame(frameTypes.ready, { protocol, version, model: model.id }));
    while (await isNext(queue, idle)) await serveStream({ model, target }, queue, sink, signal);
  } finally {
    // Unread, it would keep the process alive.
    stdin.destroy();
  }
}

/** Whether another stream begins; not if the input has ended, or stays silent for too long. */
async function isNext(queue: ByteQueue, seconds: number): Promise<boolean> {
  const patience = AbortSignal.timeout(1000 * seconds);
  const next = queue.peek(1);
  try {
    return (await untilAborted(next, patience)).length > 0;
  } catch (error) {
    if (!patience.aborted) throw error;
    next.catch(() => {});
    return false;
  }
}

async function serveStream(
  sampling: Sampling,
  queue: ByteQueue,
  sink: StreamSink,
  signal: AbortSignal,
): Promise<void> {
  const head = await readHead(queue);
  if (head?.type !== frameTypes.start) {
    throw new FormatError(`stream must start with a frame 'S': '${head?.type}'. See docs/serve.md`);
  }
  const options = await readJson(queue, head);
  const input = openStreamInput(queue);
  const broken = { isBroken: false };
  const write = (bytes: Uint8Array) =>
    sink.write(bytes, signal).catch((error) => {
      broken.isBroken = true;
      throw error;
    });
  try {
    await augmentStream(sampling, options, input.bytes, write, signal);
  } catch (error) {
    // Without a reader, or when interrupted, there is nobody to tell.
    if (broken.isBroken || signal.aborted) throw error;
    await write(encodeFrame(frameTypes.failed, describeFailure(error)));
  }
  await input.drain();
}

async function augmentStream(
  { model, target }: Sampling,
  json: unknown,
  bytes: AsyncIterable<Uint8Array>,
  write: (bytes: Uint8Array) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  let rows = { realRows: 0, syntheticRows: 0 };
  const augmented = augmentBatches(readIpcBatches(bytes, { name: 'stream', signal }), {
    ...parseStreamOptions(json),
    model,
    sample: target,
    signal,
    progress: (event) => {
      const { type, realRows, syntheticRows } = { realRows: 0, syntheticRows: 0, ...event };
      if (type === 'ended') rows = { realRows, syntheticRows };
    },
  });
  await write(encodeFrame(frameTypes.started));
  for await (const chunk of encodeIpcStream(augmented)) {
    await write(encodeFrame(frameTypes.data, chunk));
  }
  await write(encodeFrame(frameTypes.end, rows));
}

/** What is told of a failure; what is no error of this package comes with its stack. */
function describeFailure(error: unknown): { code: string; message: string } {
  if (error instanceof StreamCancelled) {
    return { code: 'CANCELLED', message: 'the stream was cancelled' };
  }
  if (GanAugmentError.isInstance(error)) {
    return { code: error.code, message: error.message.replace(/^ganAugment: /, '') };
  }
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { code: 'UNEXPECTED', message: `unexpected error, please report it: ${detail}` };
}
