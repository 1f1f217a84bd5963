import { FormatError, SchemaError } from '../../errors.js';
import type { CsvOptions } from './options.js';
import type { CsvRow } from './rows.js';

/** A CSV text: the names of its columns, and its rows, all as long as the names are many. */
export interface CsvTable {
  readonly names: readonly string[];
  readonly rows: AsyncGenerator<CsvRow[], void, undefined>;
}

/**
 * Takes the names off the first row, or from the options, and checks the length of the others.
 *
 * A line without text is no row, but where there is one column: there it is an empty cell.
 *
 * @throws FormatError if there are no rows, or one has more or fewer cells than there are columns.
 * @throws SchemaError if two columns have one name, or `types` names a column that is not there.
 */
export async function splitHeader(
  blocks: AsyncGenerator<CsvRow[], void, undefined>,
  { header, name, types, duplicateNames }: CsvOptions,
): Promise<CsvTable> {
  let rows: CsvRow[] = [];
  for (;;) {
    const next = await blocks.next();
    if (next.done) break;
    rows = next.value;
    if (rows.length > 0) break;
  }
  const given = Array.isArray(header) ? (header as readonly string[]) : undefined;
  const first = rows[0]?.cells;
  if (!first && !given) {
    throw new FormatError(`CSV is empty: ${name}. Even no rows need a header`);
  }
  const numbered = header === false ? first?.map((_, k) => `column${k}`) : undefined;
  const written = given ?? numbered ?? first ?? [];
  const names = duplicateNames === 'number' ? distinctNames(written) : written;
  checkNames(name, names, Object.keys(types));
  if (header === true) rows.shift();
  return { names, rows: sameLength(rows, blocks, names.length, name) };
}

/** Names of which each comes once: `a`, `a_2`, `a_3` for `a`, `a`, `a`. */
function distinctNames(names: readonly string[]): string[] {
  const taken = new Set(names);
  const seen = new Set<string>();
  return names.map((name) => {
    let distinct = name;
    for (let count = 2; seen.has(distinct); count++) {
      const next = `${name}_${count}`;
      if (!taken.has(next)) distinct = next;
    }
    seen.add(distinct);
    return distinct;
  });
}

function checkNames(file: string, names: readonly string[], typed: readonly string[]): void {
  const seen = new Set<string>();
  const twice = names.find((each) => seen.size === seen.add(each).size);
  if (twice !== undefined) {
    throw new SchemaError(
      `CSV has two columns of one name: '${twice}' in ${file}. Number them, duplicateNames: 'number', or if the file has no header, say so: header: false`,
    );
  }
  const unknown = typed.find((each) => !seen.has(each));
  if (unknown !== undefined) {
    throw new SchemaError(
      `types names a column that does not exist: '${unknown}'. Columns of ${file}: ${names.join(', ')}`,
    );
  }
}

async function* sameLength(
  first: readonly CsvRow[],
  rest: AsyncIterable<CsvRow[]>,
  length: number,
  name: string,
): AsyncGenerator<CsvRow[], void, undefined> {
  const check = (rows: readonly CsvRow[]) =>
    rows.filter(({ cells, line }) => {
      if (cells.length === length) return true;
      if (cells.length === 1 && cells[0] === '') return false;
      throw new FormatError(
        `CSV is malformed: ${name} (the row in line ${line} has ${cells.length} cells, and there are ${length} columns). Mend it, or name its delimiter: delimiter: ';'`,
      );
    });
  yield check(first);
  for await (const rows of rest) yield check(rows);
}
