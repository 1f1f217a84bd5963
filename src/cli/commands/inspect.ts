import { Command } from 'commander';
import { isDirectory } from '../../data/directory.js';
import { type Context, print, printJson } from '../console.js';
import { jsonOption } from '../options.js';
import { describeFile } from '../summary/file.js';
import { formatSummary } from '../summary/format.js';
import { describeModel } from '../summary/model.js';

export function inspectCommand({ console, signal }: Context): Command {
  return new Command('inspect')
    .description('Shows what a data file or a saved model holds.')
    .usage('<path> [options]')
    .argument('<path>', 'Parquet, Arrow or CSV file, or directory of a saved model')
    .addOption(jsonOption())
    .action(async (path: string, { json }: { readonly json?: true }) => {
      const summary = (await isDirectory(path))
        ? await describeModel(path)
        : await describeFile(path, signal);
      await (json ? printJson(console, summary) : print(console, formatSummary(summary)));
    });
}
