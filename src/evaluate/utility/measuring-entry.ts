/** What a measuring thread runs: it unpacks the tables, and answers with what the arms gain. */
import type { RecordBatch } from 'apache-arrow';
import { readSchemaMessage } from '../../data/ipc/schema-message.js';
import { createUnpacker } from '../../data/transfer/unpack.js';
import { answerCall } from '../../threads/call-thread.js';
import { compareArms } from './compare-arms.js';
import type { ArmTask, PackedTable } from './messages.js';

void answerCall(({ real, folds, options }: ArmTask) =>
  compareArms({
    ...options,
    real: unpackTable(real),
    folds: folds.map(({ synthetic, ...fold }) => ({
      ...fold,
      synthetic: Object.fromEntries(
        Object.entries(synthetic).map(([arm, table]) => [arm, unpackTable(table)]),
      ),
    })),
  }),
);

function unpackTable({ schema, batches }: PackedTable): RecordBatch[] {
  return batches.map(createUnpacker(readSchemaMessage(schema, 'the rows to measure')));
}
