/** Where a command writes: results to `out`, everything for people's eyes to `error`. */
export interface Console {
  out(text: string): void;
  error(text: string): void;
  /** Whether `error` is a terminal, where a progress bar can be drawn. */
  readonly interactive: boolean;
}

export const standardConsole: Console = {
  out: (text) => void process.stdout.write(text),
  error: (text) => void process.stderr.write(text),
  interactive: process.stderr.isTTY === true,
};

/** What every command is given. */
export interface Context {
  readonly console: Console;
  /** Aborted when the user interrupts. */
  readonly signal: AbortSignal;
}
