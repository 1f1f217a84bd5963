const names = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** The user's wish to stop. */
export interface Interrupt {
  /** Aborted by the first interrupt. */
  readonly signal: AbortSignal;
  /** Gives interrupts back to the system. */
  stop(): void;
}

/** Listens for the first interrupt. The second is left to the system, which ends the process. */
export function listenForInterrupt(): Interrupt {
  const controller = new AbortController();
  const stop = () => {
    for (const name of names) process.off(name, onInterrupt);
  };
  const onInterrupt = () => {
    stop();
    controller.abort();
  };
  for (const name of names) process.on(name, onInterrupt);
  return { signal: controller.signal, stop };
}
