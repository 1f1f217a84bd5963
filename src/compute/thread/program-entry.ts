/** What a thread with a program runs: it opens an ONNX file, and makes the runs that it is asked for. */
import { useNativeGate } from '../../threads/native-gate.js';
import { packError } from '../../threads/pack-error.js';
import { openThisThread } from '../../threads/this-thread.js';
import { openProgram } from '../open.js';
import type { FromProgram, ProgramTask, RunRequest } from './messages.js';

const { task, post, onMessage } = openThisThread<ProgramTask, RunRequest, FromProgram>();
const { gate, model, inputs, outputs, place } = task;

useNativeGate(gate, () => post({ type: 'closed' }));

/** Answers with what comes of some work. */
async function answer(work: () => Promise<FromProgram>): Promise<void> {
  try {
    post(await work());
  } catch (error) {
    post({ type: 'failed', error: packError(error) });
  }
}

const opening = openProgram(model, inputs, outputs, place);
// One after the other, in the order of the requests.
let work = answer(async () => {
  const { engine, device } = await opening;
  return { type: 'opened', engine, device };
});
onMessage(({ feed }) => {
  work = work.then(() =>
    answer(async () => ({ type: 'made', outputs: await (await opening).run(feed) })),
  );
});
