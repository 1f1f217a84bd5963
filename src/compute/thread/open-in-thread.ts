import { ComputeError } from '../../errors.js';
import { openNativeThread } from '../../threads/native-thread.js';
import { unpackError } from '../../threads/pack-error.js';
import { startThread, threadFile } from '../../threads/start-thread.js';
import type { SessionPlace } from '../onnx/session-options.js';
import type { Program } from '../program.js';
import type { TensorSpecs } from '../tensor.js';
import type { FromProgram, ProgramTask, RunRequest } from './messages.js';

/** Who waits for an answer of the thread. */
interface Waiting {
  resolve(answer: FromProgram): void;
  reject(error: unknown): void;
}

/**
 * Opens an ONNX file as `openProgram` does, in a thread of its own: while it runs, the calling thread has
 * its turns, and may give it up. The thread ends with the native call that it is in.
 *
 * @throws ComputeError when the file cannot be opened, or the thread has ended.
 */
export async function openProgramInThread(
  model: Uint8Array,
  inputs: TensorSpecs,
  outputs: TensorSpecs,
  place: SessionPlace = {},
): Promise<Program> {
  const thread = openNativeThread((gate) => {
    const task: ProgramTask = { gate, model, inputs, outputs, place };
    return startThread(threadFile('program-entry', import.meta.url), task, {
      name: 'gan-augment generator',
    });
  });
  const { worker } = thread;
  const waiting: Waiting[] = [];
  let failure: ComputeError | undefined;

  const fail = (error: ComputeError) => {
    failure ??= error;
    for (const { reject } of waiting.splice(0)) reject(failure);
  };
  worker.on('message', (message: FromProgram) => {
    if (message.type === 'closed') return thread.closed();
    const next = waiting.shift();
    if (message.type === 'failed') next?.reject(unpackError(message.error));
    else next?.resolve(message);
    // A thread that nobody waits for does not keep the process.
    if (waiting.length === 0) worker.unref();
  });
  worker.on('error', (cause) => fail(ended(cause as Error)));
  worker.on('exit', () => fail(ended()));

  const wait = () =>
    new Promise<FromProgram>((resolve, reject) => {
      if (failure) return reject(failure);
      worker.ref();
      waiting.push({ resolve, reject });
    });
  const end = () => {
    fail(ended());
    worker.ref();
    return thread.end();
  };

  const opened = await wait().catch(async (error: unknown) => {
    await end();
    throw error;
  });
  const { engine, device } = opened as Extract<FromProgram, { type: 'opened' }>;
  return {
    engine,
    device,
    async run(feed, steps = 1) {
      if (steps > 1) throw new ComputeError('a program without a state makes one step');
      const answer = wait();
      worker.postMessage({ feed } satisfies RunRequest);
      return ((await answer) as Extract<FromProgram, { type: 'made' }>).outputs;
    },
    readState: () => ({}),
    async dispose() {
      const isGivenUp = waiting.length > 0;
      const gone = end();
      // Whoever gives a run up does not wait for its end.
      if (!isGivenUp) await gone;
    },
  };
}

function ended(cause?: Error): ComputeError {
  return new ComputeError(
    `the thread that runs the generator has ended${cause ? `: ${cause.message}` : ''}`,
    { cause },
  );
}
