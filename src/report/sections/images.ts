import type { ImageComparison, Likeness } from '../../evaluate/image/compare-images.js';
import { escapeHtml } from '../escape.js';
import { describeComparison, imageMeasures } from '../image-measures.js';
import { htmlTable, type TableCell } from '../table.js';
import { type Section, section, wide } from './section.js';

/** How images compare. */
export function images(comparison: ImageComparison): Section {
  const { column, synthetic, real, classes } = comparison;
  const rows = Object.entries(imageMeasures).map(([key, name]): TableCell[] => [
    name,
    synthetic[key as keyof Likeness],
    real?.[key as keyof Likeness],
  ]);
  if (classes) {
    rows.push(['taken for what they are meant to be (GAN-test)', classes.ganTest]);
    rows.push([`classes found, of ${classes.classes}`, classes.found]);
  }
  const described = escapeHtml(describeComparison(comparison));
  return section(
    'images',
    `Images: ${column}`,
    `<p>${comparison.images} images ${described}: these are no Inception scores.</p>`,
    wide(htmlTable(['', 'synthetic', 'real'], rows)),
  );
}
