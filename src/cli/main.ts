#!/usr/bin/env node
import { version } from '../version.js';
import { exitCodes } from './exit.js';

/** Milliseconds that work under way has to end after an interrupt. */
const patience = 500;

const code = await main(process.argv.slice(2));
process.exitCode = code;
if (code === exitCodes.interrupted) {
  // All is cleared up. But a write that nobody reads, for one, cannot be taken back, and would keep
  // the process; the timer does not.
  setTimeout(() => process.exit(code), patience).unref();
}

/** Who asks for the version alone does not wait for what reads files and trains. */
async function main(args: readonly string[]): Promise<number> {
  if (args.length === 1 && ['--version', '-V'].includes(args[0] as string)) {
    process.stdout.write(`${version}\n`);
    return exitCodes.done;
  }
  const { run } = await import('./run.js');
  return run(args);
}
