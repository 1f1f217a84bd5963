import type { RecordBatch } from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SpanValues } from '../../../src/encode/encoder.js';
import { encoderFromJSON } from '../../../src/encode/from-json.js';
import { inferEncoders } from '../../../src/encode/infer.js';
import { rulesOf } from '../../../src/encode/rules/find-rules.js';
import { checkCombinations, optionsOfRules } from '../../../src/encode/rules/learn-combination.js';
import {
  createRestorer,
  learnedBatches,
  learnedSchema,
} from '../../../src/encode/rules/learned-table.js';
import type { Rule, RuleOption } from '../../../src/encode/rules/rule.js';
import { rulesFromJSON } from '../../../src/encode/rules/rules-from-json.js';
import { decodeTable } from '../../../src/encode/table.js';
import { InvalidOptionError, ModelError } from '../../../src/errors.js';
import { createRandom } from '../../../src/random.js';
import { brokenRows, plantAll, plantings } from './planted.js';

/** Rows that a generator that knows nothing makes of what was learned, as they come out of a saved model. */
async function makeRows(
  batch: RecordBatch,
  rules: readonly Rule[],
  rows: number,
): Promise<RecordBatch> {
  const { schema } = batch;
  const random = createRandom(5);
  const learned = learnedSchema(schema, rules);
  const fitted = await inferEncoders(
    learned,
    learnedBatches(schema, rules, [batch], random.fork('learn')),
    optionsOfRules(rules, schema),
  );
  const saved = rulesFromJSON(schema, JSON.parse(JSON.stringify(rules)));
  checkCombinations(schema, saved, fitted);
  const encoders = fitted.map((encoder, k) =>
    encoderFromJSON(learned.fields[k] as never, JSON.parse(JSON.stringify(encoder.toJSON()))),
  );
  const spans = encoders.flatMap((encoder) => encoder.spans);
  const values = spans.map(
    (span): SpanValues =>
      span.kind === 'scalar'
        ? Float32Array.from({ length: rows }, () => 2 * random.uniform() - 1)
        : Int32Array.from({ length: rows }, () => random.integer(span.width)),
  );
  return createRestorer(
    schema,
    saved,
    encoders,
  )(decodeTable(encoders, learnedSchema(schema, saved), values, rows, random));
}

const named = ({ kind, columns }: RuleOption) => {
  const [first = '', ...others] = columns;
  return kind === 'sum'
    ? [kind, first, ...others.sort()].join()
    : [kind, ...[...columns].sort()].join();
};

describe('rulesOf', () => {
  it('should always find rules that hold, and hold them in every row that is made', async () => {
    await fc.assert(
      fc.asyncProperty(plantings, async (planting) => {
        const { planted, batch } = plantAll(planting);

        const rules = await rulesOf(undefined, batch.schema, [batch]);
        const made = await makeRows(batch, rules, 300);

        const wanted = planted.map(({ rule }) => named(rule));
        expect(rules.map(named)).toEqual(expect.arrayContaining(wanted));
        for (const { rule } of planted) expect(brokenRows(rule, made, batch)).toBe(0);
        expect(made.schema).toBe(batch.schema);
      }),
      { numRuns: 20 },
    );
  });

  it('should never find a rule among columns that have nothing to do with each other', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 60, max: 600 }), fc.integer(), async (rows, seed) => {
        const { batch } = plantAll({ kinds: [], rows, seed: Math.abs(seed) });

        expect(await rulesOf(undefined, batch.schema, [batch])).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  it('should never find a rule that few rows speak for', async () => {
    await fc.assert(
      fc.asyncProperty(plantings, async ({ kinds, seed }) => {
        const { batch } = plantAll({ kinds, seed, rows: 30 });

        expect(await rulesOf(undefined, batch.schema, [batch])).toEqual([]);
      }),
      { numRuns: 20 },
    );
  });

  it('should keep a given rule of which few rows speak', async () => {
    const { planted, batch } = plantAll({ kinds: ['dates'], rows: 40, seed: 2 });
    const given = planted.map(({ rule }) => rule);

    const rules = await rulesOf(given, batch.schema, [batch]);
    const made = await makeRows(batch, rules, 200);

    expect(rules).toMatchObject(given);
    expect(brokenRows(given[0] as RuleOption, made, batch)).toBe(0);
  });

  it('should find none where there are to be none', async () => {
    const { batch } = plantAll({ kinds: ['determined'], rows: 300, seed: 2 });

    expect(await rulesOf(false, batch.schema, [batch])).toEqual([]);
  });

  it.each<[RuleOption, string]>([
    [
      { kind: 'order', columns: ['size', 'count'] },
      'rules[0] does not hold in the data: count ≥ size',
    ],
    [{ kind: 'sum', columns: ['count', 'size', 'colour'] }, 'does not hold'],
    [{ kind: 'ratio', columns: ['size', 'sise'] }, "'sise'. Did you mean 'size'?"],
    [{ kind: 'unique', columns: ['colour'] }, 'does not hold'],
    [{ kind: 'nulls', columns: ['size', 'count'] }, 'does not hold'],
    [{ kind: 'order', columns: ['size'] }, 'too few columns'],
    [{ kind: 'even' as 'sum', columns: ['size'] }, 'is no rule'],
  ])('should refuse %j', async (rule, message) => {
    const { batch } = plantAll({ kinds: [], rows: 100, seed: 3 });

    const act = rulesOf([rule], batch.schema, [batch]);

    await expect(act).rejects.toThrow(message);
    await expect(act).rejects.toThrow(InvalidOptionError);
  });
});

describe('rulesFromJSON', () => {
  it.each([
    'rules',
    [{ kind: 'order', columns: ['size'], rows: 3 }],
    [{ kind: 'order', columns: ['size', 'colour'], rows: 3 }],
    [{ kind: 'sum', columns: ['size', 'count', 'flags'], rows: 3 }],
    [{ kind: 'ratio', columns: ['size', 'count'], rows: 3 }],
    [{ kind: 'order', columns: ['count', 'count'], rows: 3 }],
    [
      { kind: 'ratio', columns: ['size', 'count'], rows: 3, factor: 2 },
      { kind: 'ratio', columns: ['count', 'size'], rows: 3, factor: 2 },
    ],
  ])('should refuse %j', (json) => {
    const { batch } = plantAll({ kinds: [], rows: 20, seed: 3 });

    expect(() => rulesFromJSON(batch.schema, json)).toThrow(ModelError);
  });

  it('should take a model of before for one without rules', () => {
    const { batch } = plantAll({ kinds: [], rows: 20, seed: 3 });

    expect(rulesFromJSON(batch.schema, undefined)).toEqual([]);
  });
});
