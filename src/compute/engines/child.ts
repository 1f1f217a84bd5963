import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { threadFile } from '../../threads/start-thread.js';
import type { ExecutionTarget } from './options.js';

/** Milliseconds that a probe may take: CUDA is slow to start. */
const patience = 60_000;

/** What a probing process runs, and with what. */
export interface ProbeProcess {
  readonly entry?: string;
  /** Milliseconds. */
  readonly patience?: number | undefined;
}

/**
 * Probes a target in a process of its own, as loading a native library may print, register backends
 * or crash.
 *
 * @returns What is wrong, in one line; undefined if the target can be used.
 */
export function probeInChild(
  { engine, device }: ExecutionTarget,
  { entry = probeEntry(), patience: timeout = patience }: ProbeProcess = {},
): Promise<string | undefined> {
  return new Promise((resolve) => {
    const child = fork(entry, [engine, device], {
      // Not the flags of this process: with --input-type among them no file can be run.
      execArgv: [],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      timeout,
      killSignal: 'SIGKILL',
    });
    let lastLine = '';
    child.stderr?.on('data', (data: Buffer) => {
      lastLine = data.toString().trim().split('\n').at(-1) || lastLine;
    });
    const settle = (problem: string | undefined) => {
      resolve(problem);
      child.kill('SIGKILL');
    };
    child.on('message', ({ problem }: { problem?: string }) => settle(problem));
    child.on('error', ({ message }) => settle(`its probe cannot start: ${message}`));
    child.on('close', (code, signal) => {
      const detail = lastLine && `: ${lastLine}`;
      if (child.killed) settle(`it does not answer within ${timeout / 1000} s`);
      else if (signal) settle(`it crashes with ${signal}${detail}`);
      else settle(`its probe ends with code ${code}${detail}`);
    });
  });
}

function probeEntry(): string {
  return fileURLToPath(threadFile('probe-entry', import.meta.url));
}
