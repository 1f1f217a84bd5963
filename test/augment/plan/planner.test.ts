import {
  type Data,
  Dictionary,
  Field,
  Int32,
  makeData,
  Schema,
  Utf8,
  vectorFromArray,
} from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type MixPart, sourceOfRun } from '../../../src/augment/mixing/mix.js';
import { createShares } from '../../../src/augment/mixing/shares.js';
import type { RatioOption } from '../../../src/augment/options/ratio.js';
import { createPlanner, type PlanOptions } from '../../../src/augment/plan/planner.js';
import { makeBatch } from '../../../src/data/batches/batch.js';
import { caseCount } from '../../support/cases.js';

const schema = new Schema([new Field('class', new Dictionary(new Utf8(), new Int32()), true)]);
const names = ['a', 'b', 'c', null] as const;

/** A batch of rows of these classes, by place in `names`. */
function batchOf(classes: readonly number[]) {
  const texts = classes.map((place) => names[place] ?? null);
  const [field] = schema.fields as [Field];
  const data =
    texts.length === 0
      ? makeData({
          type: field.type,
          length: 0,
          dictionary: vectorFromArray(['a'], new Utf8()),
        } as never)
      : (vectorFromArray(texts, field.type as Dictionary).data[0] as Data);
  return makeBatch(schema, [data], classes.length);
}

/** Plans all batches: real rows by their number in the stream, synthetic ones by their class. */
function spell(option: RatioOption, options: PlanOptions, batches: readonly number[][]): string[] {
  const plan = createPlanner(schema, createShares(option), options);
  let start = 0;
  return batches.flatMap((classes) => {
    const parts: MixPart[] = [...plan(batchOf(classes))];
    const words = parts.flatMap(({ runs, due, classes: wanted }) => {
      const made = wanted?.flatMap(({ place, count }) => Array<string>(count).fill(`s${place}`));
      let next = 0;
      const own = Array.from({ length: runs.count }, (_, run) => run).flatMap((run) =>
        Array.from({ length: runs.lengths[run] as number }, (_, k) =>
          runs.sources[run] === sourceOfRun.real
            ? `r${start + (runs.starts[run] as number) + k}`
            : (made?.[next++] ?? 's'),
        ),
      );
      expect(own.filter((word) => word.startsWith('s'))).toHaveLength(due);
      return own;
    });
    start += classes.length;
    return words;
  });
}

const percents = fc.integer({ min: 0, max: 97 }).map((percent) => percent / 100);
const rows = fc.array(fc.nat(3), { maxLength: 60 });
const classRatios = fc.record({
  column: fc.constant('class'),
  classes: fc.record({ a: percents, b: percents }),
  otherwise: percents,
});
const seeds = fc.nat(9);
const cut = (classes: readonly number[], at: number) => [classes.slice(0, at), classes.slice(at)];
const due = (real: number, ratio: number) =>
  Math.floor((real * Math.round(ratio * 100)) / (100 - Math.round(ratio * 100)));

describe('createPlanner', () => {
  it('should plan the same rows in the same order, however they are cut', () => {
    const options = fc.record({
      mode: fc.constantFrom('append', 'replace'),
      seed: seeds,
      limit: fc.option(fc.nat(30), { nil: undefined }),
    });
    fc.assert(
      fc.property(
        rows,
        fc.nat(60),
        fc.oneof(percents, classRatios),
        options,
        (all, at, option, given) => {
          const planned = given as PlanOptions;

          const [whole, parts] = [
            spell(option, planned, [all]),
            spell(option, planned, cut(all, at)),
          ];

          expect(parts).toEqual(whole);
        },
      ),
      { numRuns: caseCount(187, 1500) },
    );
  });

  it('should give each class its own exact share when appending', () => {
    fc.assert(
      fc.property(rows, classRatios, (all, option) => {
        const words = spell(option, {}, [all]);

        const ratios = [option.classes.a, option.classes.b, option.otherwise];
        const seen = [0, 0, 0];
        const made = [0, 0, 0];
        for (const [k, word] of words.entries()) {
          const place = word.startsWith('s')
            ? Number(word.slice(1))
            : Math.min(all[Number(word.slice(1))] as number, 2);
          if (word.startsWith('s')) made[place] = (made[place] as number) + 1;
          else seen[place] = (seen[place] as number) + 1;
          const isLast = !words[k + 1]?.startsWith('s');
          if (isLast) expect(made).toEqual(ratios.map((ratio, p) => due(seen[p] as number, ratio)));
        }
        expect(words.filter((word) => word.startsWith('r'))).toEqual(all.map((_, k) => `r${k}`));
      }),
      { numRuns: caseCount(125, 1000) },
    );
  });

  it('should replace rows at the exact share at the end of each stretch, one at most ahead', () => {
    fc.assert(
      fc.property(fc.nat(200), percents, seeds, (count, ratio, seed) => {
        const words = spell(ratio, { mode: 'replace', seed }, [Array<number>(count).fill(0)]);

        expect(words).toHaveLength(count);
        let synthetic = 0;
        for (const [k, word] of words.entries()) {
          if (word.startsWith('s')) synthetic++;
          else expect(word).toBe(`r${k}`);
          const hundredths = Math.round(ratio * 100) * (k + 1);
          expect(synthetic).toBeGreaterThanOrEqual(Math.floor(hundredths / 100));
          expect(synthetic).toBeLessThanOrEqual(Math.ceil(hundredths / 100));
        }
      }),
      { numRuns: caseCount(125, 1000) },
    );
  });

  it('should replace rows of a class by rows of that class', () => {
    fc.assert(
      fc.property(rows, classRatios, seeds, (all, option, seed) => {
        const words = spell(option, { mode: 'replace', seed }, [all]);

        const classes = words.map((word, k) =>
          word.startsWith('s') ? Number(word.slice(1)) : Math.min(all[k] as number, 2),
        );
        expect(classes).toEqual(all.map((place) => Math.min(place, 2)));
      }),
      { numRuns: caseCount(125, 1000) },
    );
  });

  it('should choose other rows for another seed, and not always the same place of a stretch', () => {
    const gone = (seed: number) =>
      spell(0.1, { mode: 'replace', seed }, [Array<number>(1000).fill(0)]).flatMap((word, k) =>
        word === 's' || word === 's0' ? [k % 10] : [],
      );

    const [one, other] = [gone(1), gone(2)];

    expect(one).toHaveLength(100);
    expect(one).not.toEqual(other);
    expect(new Set(one).size).toBeGreaterThan(7);
  });

  it('should stop at the limit, and pass all other real rows on', () => {
    fc.assert(
      fc.property(
        rows,
        fc.oneof(percents, classRatios),
        fc.nat(20),
        fc.constantFrom('append', 'replace'),
        (all, option, limit, mode) => {
          const free = spell(option, { mode: mode as 'append' }, [all]);
          const words = spell(option, { mode: mode as 'append', limit }, [all]);

          const made = (each: readonly string[]) =>
            each.filter((word) => word.startsWith('s')).length;
          expect(made(words)).toBe(Math.min(made(free), limit));
          if (mode === 'replace') expect(words).toHaveLength(all.length);
        },
      ),
      { numRuns: caseCount(125, 1000) },
    );
  });

  it('should gather synthetic rows behind the real ones of a batch when so placed', () => {
    const option = { column: 'class', classes: { a: 0.5 } };

    expect(spell(option, { placement: 'append' }, [[0, 1, 0]])).toEqual([
      'r0',
      'r1',
      'r2',
      's0',
      's0',
    ]);
    expect(spell(option, {}, [[0, 1, 0]])).toEqual(['r0', 's0', 'r1', 'r2', 's0']);
  });

  it('should keep parts bounded where one row owes very many', () => {
    const option = { column: 'class', classes: { a: 0.99999 } };
    const plan = createPlanner(schema, createShares(option), {});

    const parts = [...plan(batchOf([0, 0, 1]))];

    expect(parts.map((part) => part.due)).toEqual([65_536, 65_536, 65_536, 3390]);
  });

  it('should refuse a column that does not exist, naming those that do', () => {
    const shares = createShares({ column: 'label', classes: {} });

    expect(() => createPlanner(schema, shares, {})).toThrow(
      /'label' does not exist: the columns are class/,
    );
  });

  it('should plan the parts of a job as the whole, where each knows the rows before it', () => {
    const sizes = fc.array(fc.nat(40), { minLength: 1, maxLength: 5 });
    const placement = fc.constantFrom('interleave' as const, 'append' as const);
    fc.assert(
      fc.property(
        percents,
        sizes,
        placement,
        fc.option(fc.nat(30)),
        (ratio, parts, placement, most) => {
          const limit = most === null ? {} : { limit: most };
          const total = parts.reduce((sum, rows) => sum + rows, 0);
          const shares = createShares(ratio);
          const due = (rows: number, rowsBefore: number) => {
            const plan = createPlanner(schema, shares, { placement, rowsBefore, ...limit });
            return [...plan(batchOf(Array(rows).fill(0)))].reduce((sum, part) => sum + part.due, 0);
          };
          let before = 0;

          const planned = parts.map((rows) => {
            const count = due(rows, before);
            before += rows;
            return count;
          });

          expect(planned.reduce((sum, count) => sum + count, 0)).toBe(due(total, 0));
        },
      ),
    );
  });
});
