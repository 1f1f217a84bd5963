import type { Evaluation } from '../../evaluate/evaluation.js';
import { percent } from '../charts/frame.js';
import { htmlTable, type TableCell } from '../table.js';
import { type Section, section, wide } from './section.js';

/** Rules that every real row keeps, those that are broken most first. */
export function rules({ rules: kept, rows }: Evaluation): Section {
  const drawn = rows.synthetic?.drawn ?? 0;
  const sorted = kept.toSorted((a, b) => b.broken - a.broken);
  return section(
    'rules',
    'Rules',
    kept.length === 0
      ? '<p>No rule was found that every real row keeps.</p>'
      : '<p>What every real row keeps, found in the real rows alone, and how many synthetic rows break it. Real rows that speak for a rule are those that would break it, on average, if its columns had nothing to do with each other.</p>' +
          wide(
            htmlTable(
              ['rule', 'kind', 'real rows for it', 'synthetic rows that break it', 'share'],
              sorted.map(({ rule, kind, rows: speaking, broken }): TableCell[] => [
                rule,
                kind,
                Math.round(speaking),
                broken,
                percent(drawn === 0 ? 0 : broken / drawn),
              ]),
            ),
          ),
  );
}
