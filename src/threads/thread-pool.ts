import type { TransferListItem, Worker } from './start-thread.js';

/** What a thread of a pool answers to a task: what came of it, or in words why nothing did. */
export type PoolAnswer<Result> = { readonly result: Result } | { readonly reason: string };

/** One user of a pool. */
export interface PoolMember<Task, Result> {
  /**
   * Does a task on the next thread that is free; what is in `transfer` is given away.
   *
   * @throws Error with the thread's reason; what the pool's `failure` makes of a thread that ended.
   */
  run(task: Task, transfer?: readonly TransferListItem[]): Promise<Result>;
  /** Leaves the pool: none of its tasks is begun any more. The last member ends the threads. */
  leave(): Promise<void>;
}

/** Threads that all users in a process share. */
export interface ThreadPool<Task, Result> {
  /** Joins, so that there may be `threads` threads; each is started when it is needed. */
  join(threads: number): PoolMember<Task, Result>;
}

interface Job<Task, Result> {
  readonly member: PoolMember<Task, Result>;
  readonly task: Task;
  readonly transfer: readonly TransferListItem[];
  resolve(result: Result): void;
  reject(error: unknown): void;
}

/**
 * A pool of threads for tasks that end soon and run no native code. It has as many threads as the
 * member that asks for the most, and none without members; idle ones keep no process alive.
 *
 * @param start Starts a thread that answers each task, in turn, with a {@link PoolAnswer}.
 * @param failure The error to raise where a thread itself fails.
 */
export function createThreadPool<Task, Result>(
  start: () => Worker,
  failure: (cause: Error) => Error,
): ThreadPool<Task, Result> {
  const members = new Map<PoolMember<Task, Result>, number>();
  const waiting: Job<Task, Result>[] = [];
  /** The job of each thread; undefined for a thread that is idle. */
  const threads = new Map<Worker, Job<Task, Result> | undefined>();

  const startJobs = () => {
    const most = Math.max(0, ...members.values());
    while (waiting.length > 0) {
      const worker = findIdle() ?? (threads.size < most ? open() : undefined);
      if (!worker) return;
      const job = waiting.shift() as Job<Task, Result>;
      threads.set(worker, job);
      worker.ref();
      worker.postMessage(job.task, job.transfer);
    }
  };

  const findIdle = () => [...threads].find(([, job]) => job === undefined)?.[0];

  const open = (): Worker => {
    const worker = start();
    worker.unref();
    threads.set(worker, undefined);
    worker.on('message', (answer: PoolAnswer<Result>) => {
      const job = threads.get(worker);
      if (!job) return;
      threads.set(worker, undefined);
      worker.unref();
      if ('result' in answer) job.resolve(answer.result);
      else job.reject(new Error(answer.reason));
      startJobs();
    });
    const fail = (cause: Error) => {
      const job = threads.get(worker);
      threads.delete(worker);
      job?.reject(failure(cause));
      startJobs();
    };
    worker.once('error', fail);
    worker.once('exit', (code) => fail(new Error(`it ended with code ${code}`)));
    return worker;
  };

  return {
    join(most) {
      const member: PoolMember<Task, Result> = {
        run: (task, transfer = []) =>
          new Promise((resolve, reject) => {
            waiting.push({ member, task, transfer, resolve, reject });
            startJobs();
          }),
        async leave() {
          members.delete(member);
          const others = waiting.filter((job) => job.member !== member);
          waiting.splice(0, waiting.length, ...others);
          if (members.size > 0) return;
          const workers = [...threads.keys()];
          threads.clear();
          await Promise.all(workers.map((worker) => worker.terminate()));
        },
      };
      members.set(member, most);
      return member;
    },
  };
}
