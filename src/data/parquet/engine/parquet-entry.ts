/** What a thread of the Parquet engine runs: it decodes and encodes row groups, one after the other. */

import { openThisThread } from '../../../threads/this-thread.js';
import type { PoolAnswer } from '../../../threads/thread-pool.js';
import { reasonOf } from '../../reason.js';
import { encodeRows } from './encode.js';
import { decodeStreams } from './engine.js';
import type { EngineResult, EngineTask } from './threads.js';

const { onMessage, post } = openThisThread<undefined, EngineTask, PoolAnswer<EngineResult>>();

onMessage((task) => {
  try {
    const result = work(task);
    post({ result }, [...new Set(result.map(({ buffer }) => buffer as ArrayBuffer))]);
  } catch (cause) {
    post({ reason: reasonOf(cause) });
  }
});

function work(task: EngineTask): EngineResult {
  if ('stream' in task) return [encodeRows(task)];
  return [...decodeStreams(task.bytes, { batchSize: task.batchRows })];
}
