/** How one exchange ended: with equal values, values of another sort, other values, or a refusal. */
export interface Outcome {
  readonly end: 'equal' | 'different' | 'another type' | 'refused by us' | 'refused by them';
  /** Why, where it is not equal. */
  readonly why?: string;
}

/** Outcomes by type and by the format, writer or reader that took part. */
export class Outcomes {
  readonly #cells = new Map<string, Map<string, Outcome[]>>();
  readonly #columns: string[] = [];

  constructor(readonly title: string) {}

  add(type: string, column: string, outcome: Outcome): void {
    const row = this.#cells.get(type) ?? new Map<string, Outcome[]>();
    this.#cells.set(type, row);
    if (!this.#columns.includes(column)) this.#columns.push(column);
    row.set(column, [...(row.get(column) ?? []), outcome]);
  }

  /** A table in Markdown, and why an exchange failed, each reason once. */
  show(): string {
    const numbers = this.#columns.map((_, index) => String(index + 1));
    const head = [`type`, ...numbers];
    const lines = [
      `## ${this.title}`,
      '',
      ...this.#columns.map((column, index) => `${index + 1}. ${column}: ${this.#total(column)}`),
      '',
      `| ${head.join(' | ')} |`,
      `|${'---|'.repeat(head.length)}`,
    ];
    for (const [type, row] of this.#cells) {
      const cells = this.#columns.map((column) => mark(row.get(column) ?? []));
      lines.push(`| ${[`\`${type}\``, ...cells].join(' | ')} |`);
    }
    lines.push('', ...this.#reasons(), '');
    return lines.join('\n');
  }

  #total(column: string): string {
    const all = [...this.#cells.values()].flatMap((row) => row.get(column) ?? []);
    const ends = ['equal', 'another type', 'different', 'refused by us', 'refused by them'];
    const counts = ends.map((end) => [all.filter((each) => each.end === end).length, end] as const);
    return counts
      .filter(([count]) => count > 0)
      .map((count) => count.join(' '))
      .join(', ');
  }

  #reasons(): string[] {
    const found = new Map<string, Set<string>>();
    for (const [type, row] of this.#cells) {
      for (const [column, outcomes] of row) {
        for (const { end, why } of outcomes) {
          if (end === 'equal') continue;
          const reason = `${end}, ${this.#columns.indexOf(column) + 1}: ${generalize(why ?? '')}`;
          found.set(reason, (found.get(reason) ?? new Set()).add(type));
        }
      }
    }
    const entries = [...found].sort(([a], [b]) => a.localeCompare(b));
    return entries.map(([reason, types]) => `- ${reason} (${[...types].join('; ')})`);
  }
}

/** One sign where all ended alike, else how many ended how. */
function mark(outcomes: readonly Outcome[]): string {
  const marks = {
    equal: '✓',
    'another type': '≈',
    different: '✗',
    'refused by us': '!',
    'refused by them': '–',
  };
  const kinds = [...new Set(outcomes.map(({ end }) => end))];
  if (kinds.length === 1) return marks[kinds[0] as Outcome['end']];
  return kinds
    .map((kind) => `${outcomes.filter(({ end }) => end === kind).length}${marks[kind]}`)
    .join(' ');
}

/** A message without what differs from file to file. */
function generalize(why: string): string {
  return why
    .replaceAll(/\/\S*\/(t\d+-\d+)\S*/g, 'FILE')
    .replaceAll(/\d{3,}/g, 'N')
    .slice(0, 220);
}
