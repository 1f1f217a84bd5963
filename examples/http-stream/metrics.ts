import { monitorEventLoopDelay } from 'node:perf_hooks';

/** What a server counts. */
export interface Counts {
  /** Streams that run now. */
  open: number;
  completed: number;
  failed: number;
  /** Streams whose client went away. */
  left: number;
  /** Requests that were refused: wrong ones, and those beyond the cap. */
  refused: number;
  rows: number;
}

export const noCounts = (): Counts => ({
  ...{ open: 0, completed: 0, failed: 0, left: 0, refused: 0, rows: 0 },
});

/** Watches how long the event loop is held. */
export function watchEventLoop() {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  return {
    /** The longest time since this was asked last, ms. */
    longestMs() {
      const longest = delay.max / 1e6;
      delay.reset();
      return longest;
    },
    stop: () => delay.disable(),
  };
}

/** The counts in the text format of Prometheus. */
export function formatMetrics(counts: Counts, longestMs: number): string {
  const values: [name: string, type: 'counter' | 'gauge', value: number][] = [
    ['gan_augment_streams_open', 'gauge', counts.open],
    ['gan_augment_streams_completed_total', 'counter', counts.completed],
    ['gan_augment_streams_failed_total', 'counter', counts.failed],
    ['gan_augment_streams_left_total', 'counter', counts.left],
    ['gan_augment_requests_refused_total', 'counter', counts.refused],
    ['gan_augment_rows_total', 'counter', counts.rows],
    ['gan_augment_event_loop_longest_ms', 'gauge', longestMs],
    ['process_resident_memory_bytes', 'gauge', process.memoryUsage.rss()],
  ];
  return values.map(([name, type, value]) => `# TYPE ${name} ${type}\n${name} ${value}\n`).join('');
}
