#!/usr/bin/env node
import { exitCodes } from './exit.js';
import { run } from './run.js';

/** Milliseconds that work under way has to end after an interrupt. */
const patience = 500;

const code = await run(process.argv.slice(2));
process.exitCode = code;
if (code === exitCodes.interrupted) {
  // All is cleared up. But a write that nobody reads, for one, cannot be taken back, and would keep
  // the process; the timer does not.
  setTimeout(() => process.exit(code), patience).unref();
}
