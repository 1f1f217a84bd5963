import { describe, expect, it } from 'vitest';
import { quality } from '../../../src/evaluate/fidelity/quality.js';
import { expected, expectedTables } from '../expected/tables.js';

describe('quality', () => {
  it("should be SDMetrics' own score, with edges of each side's own", async () => {
    const { real, synthetic } = await expectedTables();
    const wanted = expected('fidelity');

    const found = quality(real, synthetic, { edges: 'own' });

    expect(found.score).toBeCloseTo(wanted.score, 8);
    expect(found.columnShapes).toBeCloseTo(wanted.properties['Column Shapes'], 8);
    expect(found.columnPairTrends).toBeCloseTo(wanted.properties['Column Pair Trends'], 8);
  });

  it('should give each column the shape that SDMetrics gives it', async () => {
    const { real, synthetic } = await expectedTables();
    const wanted = expected('fidelity');

    const { columns } = quality(real, synthetic);

    expect(columns.map(({ column }) => column)).toEqual(Object.keys(wanted.shapes));
    for (const { column, metric, score, coverage } of columns) {
      expect(metric).toBe(wanted.shapes[column].metric);
      // SDMetrics adds a millionth of a row to a level that is synthetic alone.
      expect(score, column).toBeCloseTo(wanted.shapes[column].score, 7);
      expect(coverage, column).toBeCloseTo(wanted.coverage[column], 12);
    }
  });

  it('should give each pair the trend that SDMetrics gives it', async () => {
    const { real, synthetic } = await expectedTables();
    const wanted = expected('fidelity').pairs;

    const { pairs } = quality(real, synthetic, { edges: 'own' });

    expect(pairs.map(({ columns }) => columns)).toEqual(wanted.map((pair: Wanted) => pair.columns));
    for (const [k, pair] of pairs.entries()) {
      const own: Wanted = wanted[k];
      const name = pair.columns.join(', ');
      expect(pair.metric, name).toBe(own.metric);
      expect(pair.counts, name).toBe(own.counts);
      if (own.score !== null) expect(pair.score, name).toBeCloseTo(own.score, 10);
      const link = own.realCorrelation ?? own.realAssociation;
      if (link !== null) expect(pair.real, name).toBeCloseTo(link, 10);
      if (own.syntheticCorrelation !== null) {
        expect(pair.synthetic, name).toBeCloseTo(own.syntheticCorrelation, 10);
      }
    }
  });

  it('should count weak links too where thresholds are 0', async () => {
    const { real, synthetic } = await expectedTables();
    const thresholds = { correlationThreshold: 0, associationThreshold: 0 };

    const { score } = quality(real, synthetic, { edges: 'own', ...thresholds });

    expect(score).toBeCloseTo(expected('fidelity').scoreOfAllPairs, 8);
  });

  it("should share the real column's edges as SDMetrics' ContingencySimilarity does", async () => {
    const { real, synthetic } = await expectedTables();
    const wanted: { columns: string[]; score: number; association: number }[] =
      expected('fidelity').sharedBins;

    const { pairs } = quality(real, synthetic);

    expect(wanted.length).toBeGreaterThan(20);
    for (const { columns, score, association } of wanted) {
      const pair = pairs.find((one) => `${one.columns}` === `${columns}`);
      expect(pair?.score, `${columns}`).toBeCloseTo(score, 10);
      expect(pair?.real, `${columns}`).toBeCloseTo(association, 10);
    }
  });

  it('should be 1 for the same rows', async () => {
    const { real } = await expectedTables();

    const { score, columns } = quality(real, real);

    expect(score).toBeCloseTo(1, 12);
    expect(columns.every(({ coverage }) => coverage === 1)).toBe(true);
  });
});

interface Wanted {
  readonly columns: string[];
  readonly metric: string;
  readonly score: number | null;
  readonly realCorrelation: number | null;
  readonly syntheticCorrelation: number | null;
  readonly realAssociation: number | null;
  readonly counts: boolean;
}
