/** What a measuring thread runs: it unpacks the tables, and answers with the lift. */
import type { RecordBatch } from 'apache-arrow';
import { readSchemaMessage } from '../../data/ipc/schema-message.js';
import { createUnpacker } from '../../data/transfer/unpack.js';
import { answerCall } from '../../threads/call-thread.js';
import { measureLift } from './measure-lift.js';
import type { LiftTask, PackedTable } from './messages.js';

void answerCall(({ real, synthetic, holdout, options }: LiftTask) =>
  measureLift({
    ...options,
    real: unpackTable(real),
    synthetic: unpackTable(synthetic),
    holdout: unpackTable(holdout),
  }),
);

function unpackTable({ schema, batches }: PackedTable): RecordBatch[] {
  return batches.map(createUnpacker(readSchemaMessage(schema, 'the rows to measure')));
}
