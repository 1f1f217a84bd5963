import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawCurves } from '../../../../src/gan/training/pictures/curves.js';

const curve = (points: [number, number][]) => ({ name: 'loss', color: '#000', points });

/** Places of the points of each line. */
function linesOf(svg: string): number[][][] {
  return [...svg.matchAll(/ points="([^"]*)"/g)].map(([, points = '']) =>
    points.split(' ').map((point) => point.split(',').map(Number)),
  );
}

describe('drawCurves', () => {
  it('should always draw at most 300 finite points from left to right, within the drawing', () => {
    const values = fc.array(fc.float({ min: -1e6, max: 1e6 }), { minLength: 1, maxLength: 2000 });
    fc.assert(
      fc.property(values, (losses) => {
        const points = losses.map((value, k): [number, number] => [k + 1, value]);

        const [line = []] = linesOf(drawCurves([[curve(points)]], losses.length));

        expect(line.length).toBeLessThanOrEqual(300);
        const finite = losses.filter(Number.isFinite).length;
        expect(line.length).toBeGreaterThanOrEqual(Math.min(finite, 150));
        line.forEach(([x = Number.NaN, y = Number.NaN], k) => {
          if (finite > 0) expect(x).toBeGreaterThanOrEqual(line[k - 1]?.[0] ?? 0);
          if (finite > 0) expect(y >= 0 && y <= 270).toBe(true);
        });
      }),
    );
  });

  it('should put what is higher above', () => {
    const points: [number, number][] = [
      [1, 5],
      [2, 1],
    ];

    const [[first, second] = []] = linesOf(drawCurves([[curve(points)]], 2));

    expect(first?.[1]).toBeLessThan(second?.[1] as number);
  });

  it('should draw a panel for each list', () => {
    const panel = [curve([[1, 5]]), curve([[1, 7]])];

    const svg = drawCurves([panel, [curve([[1, 2]])], []], 1);

    expect(linesOf(svg)).toHaveLength(3);
    expect(svg).not.toContain('NaN');
    expect(svg).not.toContain('Infinity');
  });
});
