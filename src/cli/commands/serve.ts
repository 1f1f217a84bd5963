import { Command } from 'commander';
import { devices } from '../../compute/engines/options.js';
import { InvalidOptionError } from '../../errors.js';
import type { Context } from '../console.js';
import { loadVerified, verifyOption } from '../model-options.js';
import { type EngineFlags, engineOptions, samplingFrom, wholeNumber } from '../options.js';
import { serveStreams } from '../serve/serve-streams.js';

interface ServeFlags extends EngineFlags {
  readonly model: string;
  readonly idle: number;
  readonly verify?: string;
}

export function serveCommand(context: Context): Command {
  const command = new Command('serve')
    .description(
      'Keeps a model loaded and augments one Arrow stream after another: a worker of bigger engines.',
    )
    .usage('--stdio --model <directory> [options]')
    .requiredOption('--stdio', 'take streams from stdin, in the framing of docs/serve.md')
    .requiredOption('--model <directory>', 'a saved model')
    .addOption(verifyOption())
    .option('--idle <seconds>', 'end after so long without a stream', wholeNumber(1), 600);
  const places = { engines: ['onnx'], devices: devices.onnx };
  for (const option of engineOptions(places)) command.addOption(option);
  return command.action(async ({ model, idle, verify, ...flags }: ServeFlags) => {
    if (context.console.stdout.isTTY) {
      throw new InvalidOptionError(
        '--stdio writes binary data, and stdout is a terminal. Another program starts this command',
      );
    }
    const serving = { load: () => loadVerified(model, verify), target: samplingFrom(flags), idle };
    await serveStreams(serving, context);
  });
}
