import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { createThreadPool } from '../../src/threads/thread-pool.js';

/** Answers with the number of the thread, waits where it is told to, fails or ends. */
const program = `
  const { parentPort, threadId } = require('node:worker_threads');
  parentPort.on('message', (task) => {
    if (task === 'end') process.exit(3);
    if (task === 'throw') throw new Error('out of itself');
    if (task === 'fail') return parentPort.postMessage({ reason: 'not to be done' });
    if (task === 'never') return;
    parentPort.postMessage({ result: threadId });
  });
`;

function openPool() {
  const started: Worker[] = [];
  const ended = new Set<Worker>();
  const pool = createThreadPool<string, number>(
    () => {
      const worker = new Worker(program, { eval: true });
      worker.once('exit', () => ended.add(worker));
      started.push(worker);
      return worker;
    },
    (cause) => new Error(`the thread is gone: ${cause.message}`),
  );
  return { pool, started, ended };
}

describe('createThreadPool', () => {
  it('should start no thread before there is a task, and no more than asked for', async () => {
    const { pool, started } = openPool();
    const member = pool.join(2);
    const before = started.length;

    const results = await Promise.all(Array.from({ length: 9 }, () => member.run('go')));

    expect(before).toBe(0);
    expect(new Set(results).size).toBe(2);
    expect(started).toHaveLength(2);
    await member.leave();
  });

  it('should share threads among its members, and end them with the last', async () => {
    const { pool, started, ended } = openPool();
    const [first, second] = [pool.join(1), pool.join(1)];

    const results = await Promise.all([first.run('go'), second.run('go')]);
    await first.leave();
    const left = ended.size;
    await second.leave();

    expect(new Set(results).size).toBe(1);
    expect([started.length, left, ended.size]).toEqual([1, 0, 1]);
  });

  it('should start anew for who joins after the last has left', async () => {
    const { pool, started } = openPool();
    for (let round = 0; round < 2; round++) {
      const member = pool.join(1);
      await member.run('go');
      await member.leave();
    }

    expect(started).toHaveLength(2);
  });

  it('should say what the thread says of a task, and go on', async () => {
    const { pool, started } = openPool();
    const member = pool.join(1);

    await expect(member.run('fail')).rejects.toThrow('not to be done');
    await member.run('go');

    expect(started).toHaveLength(1);
    await member.leave();
  });

  it.each([
    ['end', 'the thread is gone: it ended with code 3'],
    ['throw', 'the thread is gone: out of itself'],
  ])(
    'should fail the task of a thread that is lost (%s), and do the next on another',
    async (task, message) => {
      const { pool, started } = openPool();
      const member = pool.join(1);
      const lost = member.run(task);
      const next = member.run('go');

      await expect(lost).rejects.toThrow(message);
      await next;

      expect(started).toHaveLength(2);
      await member.leave();
    },
  );

  it('should leave in the middle of a task, and begin none that waits', async () => {
    const { pool, started, ended } = openPool();
    const member = pool.join(1);
    let settled = 0;
    for (const task of ['never', 'go']) member.run(task).finally(() => settled++);

    await member.leave();

    expect([started.length, ended.size, settled]).toEqual([1, 1, 0]);
  });
});
