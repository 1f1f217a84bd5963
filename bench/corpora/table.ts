import { basename } from 'node:path';
import type { Verdict } from './judge.js';

/** What came of a file. */
interface Row extends Verdict {
  readonly path: string;
  readonly format: string;
  /** What became of its rows in an augmentation. */
  readonly augmented?: string;
}

const ends: readonly Verdict['end'][] = [
  'equal',
  'equal, as another type',
  'equal to one, not to another',
  'refused, as by all',
  'refused, read by others',
  'read by us alone',
  'different',
  'error that is not ours',
  'crash, hang or memory',
];

/** Counts by format, counts of augmentations, and the files that were not simply equal, by reason. */
export function corporaTables(rows: readonly Row[], directories: readonly string[]): string {
  const formats = [...new Set(rows.map(({ format }) => format))];
  const counts = ends.map((end) => {
    const numbers = formats.map((format) =>
      count(rows, (row) => row.end === end && row.format === format),
    );
    return `| ${end} | ${numbers.join(' | ')} |`;
  });
  const augmented = [
    ...groupBy(
      rows.flatMap((row) => row.augmented ?? []),
      generalize,
    ),
  ];
  return [
    `| outcome | ${formats.join(' | ')} |`,
    `|---|${formats.map(() => '---|').join('')}`,
    ...counts,
    '',
    '| through an augmentation | files |',
    '|---|---|',
    ...augmented.map(([what, all]) => `| ${what} | ${all.length} |`),
    '',
    '| outcome | files | why |',
    '|---|---|---|',
    ...gaps(rows, directories),
  ].join('\n');
}

function gaps(rows: readonly Row[], directories: readonly string[]): string[] {
  const left = rows.filter(({ end }) => end !== 'equal' && end !== 'refused, as by all');
  const groups = groupBy(left, ({ end, why = '', path }) => `${end} | ${generalize(why, path)}`);
  const sorted = [...groups].sort(([a], [b]) => a.localeCompare(b));
  return sorted.map(([key, all]) => {
    const [end, why] = key.split(' | ');
    const names = all.map(({ path }) => nameOf(path, directories));
    const shown =
      names.length > 3
        ? `${names.slice(0, 2).join(', ')} and ${names.length - 2} more`
        : names.join(', ');
    return `| ${end} | ${shown} | ${why} |`;
  });
}

function nameOf(path: string, directories: readonly string[]): string {
  const root = directories.find((directory) => path.startsWith(directory)) ?? '';
  return path.slice(root.length).replace(/^\//, '').split('/').slice(-2).join('/');
}

/** A reason without what differs from file to file, so that it fits a table. */
function generalize(why: string, path = ''): string {
  return (
    why
      .replaceAll(/\/\S*\//g, '')
      .replaceAll(basename(path) || '\0', 'FILE')
      // Values, where some reader differs: the first that does names the column.
      .replaceAll(/('[^']*'), row \d+: .*? for [^;]*/g, '$1')
      .replaceAll('|', '\\|')
      .replaceAll('ganAugment: ', '')
      .replaceAll(/\s+/g, ' ')
      .slice(0, 220)
  );
}

function groupBy<Item>(items: readonly Item[], key: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return groups;
}

const count = <Item>(items: readonly Item[], is: (item: Item) => boolean) =>
  items.filter(is).length;
