import type { Illustrations } from '../../evaluate/illustrations/illustrate.js';
import { scatterChart } from '../charts/scatter.js';
import { htmlTable } from '../table.js';
import { type Section, section, wide } from './section.js';

/** Columns of sample rows that are shown. */
const mostColumns = 30;

/** Some rows of both sides, and a map of more. */
export function rows({ rows: { columns, real, synthetic }, map }: Illustrations): Section {
  const shown = columns.slice(0, mostColumns);
  const cells = (side: readonly (readonly string[])[]) =>
    side.map((row) => row.slice(0, mostColumns));
  const rest = columns.length - shown.length;
  return section(
    'rows',
    'Rows',
    map ? rowMap(map) : '',
    '<h3>Some synthetic rows</h3>',
    wide(htmlTable(shown, cells(synthetic))),
    '<h3>Some real rows</h3>',
    wide(htmlTable(shown, cells(real))),
    `<p>∅ is null. ${rest > 0 ? `${rest} more columns are in the download. ` : ''}These real rows, and the points above, are data: share this page as you would share them.</p>`,
  );
}

function rowMap({ explained, real, synthetic }: NonNullable<Illustrations['map']>): string {
  const share = (axis: number) => `${(100 * axis).toFixed(0)} % of the variance`;
  const picture = scatterChart({
    title: 'Rows by the first two principal components of the real ones',
    across: share(explained[0]),
    upwards: share(explained[1]),
    real,
    synthetic,
  });
  return (
    '<p class="key"><span class="real-key">real: discs</span> ' +
    '<span class="synthetic-key">synthetic: crosses</span></p>' +
    `<div class="figures large">${picture}</div>`
  );
}
