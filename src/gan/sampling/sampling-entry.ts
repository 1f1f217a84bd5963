/** What a sampling thread runs: it opens the model, and makes the blocks of rows that it is asked for. */
import type { Piece } from '../../data/batches/piece.js';
import { createPacker } from '../../data/transfer/pack.js';
import { useNativeGate } from '../../threads/native-gate.js';
import { packError } from '../../threads/pack-error.js';
import { openThisThread } from '../../threads/this-thread.js';
import { modelFromFiles } from '../model/files.js';
import type { BlockRequest, FromSampler, SampleTask } from './messages.js';
import { openSampler } from './sampler.js';

const { task, post, onMessage } = openThisThread<SampleTask, BlockRequest, FromSampler>();
const { gate, files, stream, place } = task;

useNativeGate(gate, () => post({ type: 'closed' }));

const model = await modelFromFiles(async (name) => files[name] as Uint8Array, 'the model', {
  // It was checked where it was loaded, or trained here.
  mayCostAnything: true,
});
const sampler = await openSampler(model, stream, place);
const pack = createPacker();

// One after the other, in the order of the requests.
let work = Promise.resolve();
onMessage((request) => {
  work = work.then(() => answer(request));
});
post({ type: 'ready' });

async function answer({ first, count }: BlockRequest): Promise<void> {
  try {
    const chunk = async (index: number): Promise<Piece> => {
      const batch = await sampler.chunk(index);
      return { batch, start: 0, end: batch.numRows };
    };
    const head = await chunk(first);
    const rest: Piece[] = [];
    for (let k = 1; k < count; k++) rest.push(await chunk(first + k));
    const { batch, transfer } = pack(head, ...rest);
    post({ type: 'block', batch }, transfer);
  } catch (error) {
    post({ type: 'failed', error: packError(error) });
  }
}
