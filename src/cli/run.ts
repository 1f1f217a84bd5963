import { CommanderError } from 'commander';
import { type Console, say, standardConsole } from './console.js';
import { exitCodes, explain } from './exit.js';
import { listenForInterrupt } from './interrupt.js';
import { createProgram } from './program.js';

/**
 * Runs the command line.
 *
 * @param args Arguments after the program's name.
 * @returns The exit code: 0 done, 1 failed while running, 2 wrong usage or refused input, 130
 * interrupted.
 */
export async function run(
  args: readonly string[],
  console: Console = standardConsole,
): Promise<number> {
  // A reader that goes away makes a write fail, which is dealt with there. It is also an event that
  // ends the process if nobody listens.
  for (const stream of [console.stdout, console.stderr]) stream.on('error', () => {});
  const { signal, stop } = listenForInterrupt();
  try {
    await createProgram({ console, signal }).parseAsync([...args], { from: 'user' });
    return exitCodes.done;
  } catch (error) {
    if (error instanceof CommanderError) {
      return error.exitCode === 0 ? exitCodes.done : exitCodes.refused;
    }
    const { code, message } = explain(error, signal);
    say(console, message);
    return code;
  } finally {
    stop();
  }
}
