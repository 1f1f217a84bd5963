import { Command, CommanderError } from 'commander';
import { version } from '../version.js';
import { augmentCommand } from './commands/augment.js';
import { inspectCommand } from './commands/inspect.js';
import { sampleCommand } from './commands/sample.js';
import { trainCommand } from './commands/train.js';
import { type Console, standardConsole } from './console.js';
import { exitCodes, explain } from './exit.js';

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
  const interrupt = new AbortController();
  const onInterrupt = () => interrupt.abort();
  // Once: a second interrupt ends the process at once.
  process.once('SIGINT', onInterrupt);
  process.once('SIGTERM', onInterrupt);
  try {
    const context = { console, signal: interrupt.signal };
    const program = new Command('gan-augment')
      .description('Mixes GAN-made synthetic rows into Parquet and Arrow data.')
      .version(version);
    for (const create of [trainCommand, augmentCommand, sampleCommand, inspectCommand]) {
      program.addCommand(create(context));
    }
    for (const command of [program, ...program.commands]) {
      command.exitOverride();
      command.configureOutput({ writeOut: console.out, writeErr: console.error });
    }
    await program.parseAsync([...args], { from: 'user' });
    return exitCodes.done;
  } catch (error) {
    if (error instanceof CommanderError) {
      return error.exitCode === 0 ? exitCodes.done : exitCodes.refused;
    }
    const { code, message } = explain(error, interrupt.signal);
    console.error(`${message}\n`);
    return code;
  } finally {
    process.off('SIGINT', onInterrupt);
    process.off('SIGTERM', onInterrupt);
  }
}
