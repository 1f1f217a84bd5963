import { Command } from 'commander';
import { isDirectory } from '../../data/directory.js';
import { inspectFile } from '../../data/inspect.js';
import { loadModel } from '../../gan/model/directory.js';
import type { Model } from '../../gan/model/model.js';
import type { Context } from '../console.js';
import { formatSummary } from '../format-summary.js';
import { jsonOption } from '../options.js';

export function inspectCommand({ console }: Context): Command {
  return new Command('inspect')
    .description('Shows what a data file or a saved model holds.')
    .argument('<path>', 'Parquet or Arrow file, or directory of a saved model')
    .addOption(jsonOption())
    .action(async (path: string, { json }: { json: boolean }) => {
      const summary = (await isDirectory(path))
        ? describeModel(await loadModel(path))
        : await inspectFile(path);
      console.out(json ? `${JSON.stringify(summary)}\n` : formatSummary(summary));
    });
}

function describeModel({ id, manifest }: Model) {
  const { version, recipe, training, columns, generator } = manifest;
  return { format: 'model', id, version, recipe: recipe.name, training, columns, generator };
}
