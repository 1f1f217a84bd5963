import { GanAugmentError } from '../errors.js';
import { inFlags } from './flag-words.js';
import { plainText } from './plain-text.js';

export const exitCodes = { done: 0, failed: 1, refused: 2, interrupted: 130 } as const;

/** Errors of these codes mean that the options or the input were refused. */
const refusals = new Set([
  'INVALID_OPTION',
  'SCHEMA',
  'DATA',
  'FILE',
  'FORMAT',
  'MODEL',
  'PRIVACY',
]);

/** What the system reports for right usage too: a full disk, a reader that has gone away. */
const systemFailures = new Set(['EPIPE', 'ENOSPC', 'EDQUOT', 'EFBIG', 'EIO', 'EMFILE', 'ENFILE']);

/** The exit code for an error, and the line that tells the user. */
export function explain(error: unknown, signal: AbortSignal): { code: number; message: string } {
  if (signal.aborted) return { code: exitCodes.interrupted, message: 'gan-augment: interrupted' };
  if (GanAugmentError.isInstance(error)) {
    const text = plainText(inFlags(error.message)).replace(/^ganAugment: /, '');
    return { code: codeOf(error), message: `gan-augment: ${text}` };
  }
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return {
    code: exitCodes.failed,
    message: `gan-augment: unexpected error, please report it: ${detail}`,
  };
}

function codeOf({ code, cause }: GanAugmentError): number {
  const systemCode = (cause as NodeJS.ErrnoException | undefined)?.code ?? '';
  if (systemFailures.has(systemCode)) return exitCodes.failed;
  return refusals.has(code) ? exitCodes.refused : exitCodes.failed;
}
