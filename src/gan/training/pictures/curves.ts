/** A value after each of some steps, from 1. */
export interface TrainingCurve {
  readonly name: string;
  readonly color: string;
  readonly points: readonly (readonly [step: number, value: number])[];
}

const [width, height, margin] = [640, 180, 72] as const;

/** Points of a curve that are drawn, at most; of more, means of neighbours are. */
const mostPoints = 300;

/** Curves over the steps as a drawing (SVG): a panel for each list, with a scale of its own. */
export function drawCurves(panels: readonly (readonly TrainingCurve[])[], steps: number): string {
  const drawn = panels.map((curves, k) => drawPanel(curves, steps, k * (height + margin)));
  const size = {
    width: width + 2 * margin,
    height: panels.length * (height + margin) + margin / 2,
  };
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${size.width}" height="${size.height}" ` +
    'font-family="sans-serif" font-size="12">' +
    `<rect width="100%" height="100%" fill="white"/>${drawn.join('')}</svg>`
  );
}

function drawPanel(curves: readonly TrainingCurve[], steps: number, top: number): string {
  const thinned = curves.map(({ points, ...curve }) => ({ ...curve, points: thin(points) }));
  const values = thinned.flatMap(({ points }) => points.map(([, value]) => value));
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const x = (step: number) => margin + (width * step) / Math.max(steps, 1);
  const y = (value: number) =>
    top + margin / 2 + height * (high > low ? (high - value) / (high - low) : 0.5);
  const text = (left: number, down: number, words: string, more = '') =>
    `<text x="${left.toFixed(0)}" y="${down.toFixed(0)}" ${more}>${words}</text>`;
  const names = thinned.map(({ name, color }, k) =>
    text(margin + 150 * k, top + margin / 2 - 8, name, `fill="${color}"`),
  );
  const lines = thinned.map(({ color, points }) => {
    const places = points.map(([step, value]) => `${x(step).toFixed(1)},${y(value).toFixed(1)}`);
    return `<polyline fill="none" stroke="${color}" stroke-width="1.5" points="${places.join(' ')}"/>`;
  });
  const end = 'text-anchor="end"';
  const scale = [
    text(margin - 6, y(high) + 4, high.toPrecision(3), end),
    text(margin - 6, y(low) + 4, low.toPrecision(3), end),
    text(margin, top + margin / 2 + height + 16, '0'),
    text(margin + width, top + margin / 2 + height + 16, `${steps} steps`, end),
  ];
  const frame = `<rect x="${margin}" y="${top + margin / 2}" width="${width}" height="${height}" fill="none" stroke="#bbb"/>`;
  return values.length === 0 ? '' : [frame, ...lines, ...names, ...scale].join('');
}

/** Finite points, or the means of so many neighbours that few enough are left. */
function thin(points: TrainingCurve['points']): [number, number][] {
  const finite = points.filter(([, value]) => Number.isFinite(value));
  const together = Math.ceil(finite.length / mostPoints);
  const thinned: [number, number][] = [];
  for (let at = 0; at < finite.length; at += together) {
    const some = finite.slice(at, at + together);
    const mean = (k: 0 | 1) => some.reduce((sum, point) => sum + point[k], 0) / some.length;
    thinned.push([mean(0), mean(1)]);
  }
  return thinned;
}
