/** What a training thread runs: it takes the rows, fits, and sends the model back. */
import { readSchemaMessage } from '../../data/ipc/schema-message.js';
import { createUnpacker } from '../../data/transfer/unpack.js';
import { useNativeGate } from '../../threads/native-gate.js';
import { packError } from '../../threads/pack-error.js';
import { openThisThread } from '../../threads/this-thread.js';
import { stringifyManifest } from '../model/manifest.js';
import type { TrainingEvent } from '../training/events.js';
import type { TrainingStep } from '../training/progress.js';
import type { FitTask, FromWorker, ToWorker } from './messages.js';
import { trainModel } from './train-model.js';

const { task, post, onMessage } = openThisThread<FitTask, ToWorker, FromWorker>();
const { gate, schema: schemaBytes, options, reports } = task;

useNativeGate(gate, () => post({ type: 'closed' }));

const schema = readSchemaMessage(schemaBytes, 'the training data');
const unpack = createUnpacker(schema);
const batches: ReturnType<typeof unpack>[] = [];

onMessage((message) => {
  if (message.type === 'batch') batches.push(unpack(message.batch));
  else void train();
});

async function train(): Promise<void> {
  const onStep = reports ? (step: TrainingStep) => post({ type: 'step', step }) : undefined;
  const onEvent = (event: TrainingEvent) => post({ type: 'event', event });
  try {
    const { id, manifest, generator, reverse } = await trainModel(schema, batches, {
      ...options,
      onStep,
      onEvent,
    });
    // A copy owns all of its memory, which can be given away.
    const own = new Uint8Array(generator);
    const model = { id, manifest: stringifyManifest(manifest), generator: own, reverse };
    post({ type: 'model', model }, [own.buffer]);
  } catch (error) {
    post({ type: 'failed', error: packError(error) });
  }
}
