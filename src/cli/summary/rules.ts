import type { RecordBatch } from 'apache-arrow';
import { sampleAgain } from '../../augment/fitting/even-sample.js';
import { type Rereadable, rereadableOf } from '../../data/batches/rereadable.js';
import { readBatches } from '../../data/open.js';
import { rulesOf } from '../../encode/rules/find-rules.js';
import { describeRule, type Rule } from '../../encode/rules/rule.js';

/** Rows that rules are looked for in, as many as a model is trained on. */
const mostRows = 50_000;

/** Rules as rows of a table: in words, and how many rows speak for each. */
export function describeRules(rules: readonly Rule[]) {
  return rules.map((rule) => ({
    rule: describeRule(rule),
    kind: rule.kind,
    'rows that speak for it': rule.rows,
  }));
}

/** The rules that hold in rows drawn evenly from a data file or a dataset: those that training finds. */
export async function rulesOfFile(path: string, signal: AbortSignal) {
  const source = readBatches(path, { signal });
  const { value } = await source.next();
  await source.return();
  const { schema } = value as RecordBatch;
  const again = rereadableOf(source) as Rereadable;
  const options = { schema, size: mostRows, target: undefined, seed: 0, signal };
  const { batches, rows } = await sampleAgain(again, options);
  return rows === 0 ? [] : describeRules(await rulesOf(true, schema, batches, [], signal));
}
