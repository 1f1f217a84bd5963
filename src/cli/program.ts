import { Command } from 'commander';
import { version } from '../version.js';
import { augmentCommand } from './commands/augment.js';
import { demoCommand } from './commands/demo.js';
import { inspectCommand } from './commands/inspect.js';
import { reportCommand } from './commands/report.js';
import { sampleCommand } from './commands/sample.js';
import { serveCommand } from './commands/serve.js';
import { trainCommand } from './commands/train.js';
import type { Console, Context } from './console.js';
import { plainText } from './plain-text.js';

const notes = `
Examples:
  gan-augment demo
  gan-augment augment train.parquet -o more.parquet --ratio 0.3 --mark is_synthetic
  gan-augment train train.parquet -o model --seed 7
  gan-augment augment train.parquet -o more.parquet --ratio 0.3 --model model
  gan-augment sample model -n 1000 -o synthetic.arrow
  gan-augment report train.parquet synthetic.arrow --holdout test.parquet --target income

Exit codes: 0 done, 1 failed while running, 2 wrong usage or refused input, 130 interrupted.`;

/** The command line as commander knows it. It never ends the process: it throws CommanderError. */
export function createProgram(context: Context): Command {
  const program = new Command('gan-augment')
    .description('Mixes GAN-made synthetic rows into Parquet and Arrow data.')
    .version(version)
    .addHelpText('after', notes);
  for (const create of [
    augmentCommand,
    trainCommand,
    sampleCommand,
    reportCommand,
    inspectCommand,
    demoCommand,
    serveCommand,
  ]) {
    program.addCommand(create(context));
  }
  for (const command of [program, ...program.commands]) {
    const name = command === program ? program.name() : `${program.name()} ${command.name()}`;
    command.exitOverride().configureOutput(outputTo(context.console, name));
  }
  return program;
}

/** Help on the console, and wrong usage as one line. */
function outputTo({ stdout, stderr }: Console, command: string) {
  return {
    writeOut: (text: string) => void stdout.write(text),
    writeErr: (text: string) => void stderr.write(text),
    outputError: (text: string, write: (text: string) => void) => {
      const problem = text
        .trim()
        .replace(/^error: /, '')
        .replace('\n', ' ');
      const end = /[.)?]$/.test(problem) ? '' : '.';
      write(`gan-augment: ${plainText(problem)}${end} See '${command} --help'.\n`);
    },
  };
}
