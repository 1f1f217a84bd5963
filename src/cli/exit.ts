import { GanAugmentError } from '../errors.js';

export const exitCodes = { done: 0, failed: 1, refused: 2, interrupted: 130 } as const;

/** Errors of these codes mean that the options or the input were refused. */
const refusals = new Set(['INVALID_OPTION', 'SCHEMA', 'FILE', 'FORMAT', 'MODEL']);

/** The exit code for an error, and what to tell the user. */
export function explain(error: unknown, signal: AbortSignal): { code: number; message: string } {
  if (signal.aborted) return { code: exitCodes.interrupted, message: 'interrupted' };
  if (GanAugmentError.isInstance(error)) {
    const code = refusals.has(error.code) ? exitCodes.refused : exitCodes.failed;
    return { code, message: error.message };
  }
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { code: exitCodes.failed, message: `unexpected error, please report it: ${detail}` };
}
