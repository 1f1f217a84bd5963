import { Command } from 'commander';
import { drawDirections } from '../../augment/draw-images.js';
import { inspectEngines } from '../../compute/engines/inspect.js';
import { assertWritable, writeFileWhole } from '../../data/files/atomic.js';
import { readBytes } from '../../data/files/read-bytes.js';
import { encodePng } from '../../data/images/png.js';
import { InvalidOptionError } from '../../errors.js';
import { explainModel } from '../../evaluate/explain/explain-model.js';
import { holdsModel, loadModel } from '../../gan/model/directory.js';
import { readVerifyingKey } from '../../gan/model/signature.js';
import { modelCard } from '../../report/model-card.js';
import { type Context, print, say } from '../console.js';
import { checkJson, type JsonFlag, jsonOption, writeJson, writeText } from '../json-output.js';
import { checkPicture } from '../output.js';
import { summarizeEngines } from '../summary/engines.js';
import { explanationTables } from '../summary/explanation.js';
import { describeFile } from '../summary/file.js';
import { formatSummary } from '../summary/format.js';
import { describeModel } from '../summary/model.js';
import { rulesOfFile } from '../summary/rules.js';

interface InspectFlags {
  readonly engines?: true;
  /** False for --no-rules. */
  readonly rules: boolean;
  readonly verify?: string;
  readonly directions?: string;
  readonly explain?: true;
  readonly card?: string;
  readonly json?: JsonFlag;
}

export function inspectCommand({ console, signal }: Context): Command {
  return new Command('inspect')
    .description(
      'Shows what a data file, a dataset or a saved model holds, or what can compute here.',
    )
    .usage('<path> | --engines [options]')
    .argument(
      '[path]',
      'Parquet, Arrow or CSV file, directory or pattern of such files, or directory of a saved model',
    )
    .option('--engines', 'show the engines and devices, and which of them work here')
    .option('--verify <public.pem>', 'of a saved model: fail unless it is signed with this key')
    .option(
      '--directions <file>',
      'of a saved model of images: write what changes them most as a PNG file, a direction each row',
    )
    .option(
      '--explain',
      'of a saved model of tables: make rows, and say what moves together in them, and what each condition does',
    )
    .option('--card <file.md>', 'of a saved model: write a model card as Markdown')
    .option('--no-rules', 'of data: look for no rules, for which rows are read')
    .addOption(jsonOption())
    .action(async (path: string | undefined, flags: InspectFlags) => {
      const { engines, directions, explain, card, json } = flags;
      if (directions !== undefined) await checkPicture(directions, '--directions');
      if ((path === undefined) === !engines) {
        throw new InvalidOptionError('inspect takes a path or --engines: give one of them');
      }
      await checkJson(json);
      if (card !== undefined) await assertWritable(card);
      const show = async (summary: object, text: () => string) => {
        if (json !== true) await print(console, text());
        await writeJson(console, json, summary);
      };
      if (path === undefined) {
        const reports = await inspectEngines();
        await show({ engines: reports }, () => formatSummary(summarizeEngines(reports)));
        return;
      }
      const summary = await describe(path, flags, signal);
      if (directions !== undefined) {
        const image = await drawDirections(await loadModel(path));
        await writeFileWhole(directions, await encodePng(image));
        say(console, `wrote ${directions}: ${image.width} × ${image.height} pixels`);
      }
      const asked = explain ? '--explain' : card && '--card';
      if (asked === undefined) return show(summary, () => formatSummary(summary));
      if (!(await holdsModel(path))) {
        throw new InvalidOptionError(
          `${asked} is for a saved model: ${path} is none. Leave it out`,
        );
      }
      const model = await loadModel(path);
      const explanation = explain && (await explainModel(model));
      if (card !== undefined) await writeText(console, card, modelCard(model, { explanation }));
      await show(explanation ? { ...summary, explanation } : summary, () =>
        formatSummary({ ...summary, ...(explanation && explanationTables(explanation)) }),
      );
    });
}

async function describe(
  path: string,
  { verify, rules }: InspectFlags,
  signal: AbortSignal,
): Promise<object> {
  if (verify !== undefined)
    return describeModel(path, readVerifyingKey(await readBytes(verify, 'key')));
  if (await holdsModel(path)) return describeModel(path);
  const summary = await describeFile(path, signal);
  const found = rules ? await rulesOfFile(path, signal) : [];
  return found.length > 0 ? { ...summary, rules: found } : summary;
}
