import type { Evaluation } from '../../evaluate/evaluation.js';
import { htmlTable, type TableCell } from '../table.js';
import { type Section, section, wide } from './section.js';

/** Whether classifiers tell synthetic rows from real ones. */
export function detection({ detection: found }: Evaluation): Section {
  const rows = Object.entries(found).map(([name, { score, auc }]): TableCell[] => [
    name,
    score,
    auc.map((own) => own?.toFixed(3) ?? '').join(', '),
  ]);
  return section(
    'detection',
    'Can a classifier tell them apart?',
    '<p>AUC 0.5 is chance, and score 1; AUC 1 tells every row, and is score 0.</p>',
    wide(htmlTable(['classifier', 'score', 'AUC of each fold'], rows)),
  );
}
