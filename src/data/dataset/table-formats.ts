import { readdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { FormatError } from '../../errors.js';

/** Formats of tables whose files do not say themselves whether they count. */
interface TableFormat {
  readonly name: string;
  /** What shows it in the names of a directory: a directory, or files of one below it. */
  readonly directory: string;
  readonly file?: RegExp;
  /** How the files that count are told. */
  readonly remedy: string;
}

const formats: readonly TableFormat[] = [
  {
    name: 'a Delta Lake table',
    directory: '_delta_log',
    remedy: 'DeltaTable(path).file_uris() of the Python package deltalake tells them',
  },
  {
    name: 'an Iceberg table',
    directory: 'metadata',
    file: /\.metadata\.json$/,
    remedy: "the table's 'files' metadata table tells them",
  },
  { name: 'a Hudi table', directory: '.hoodie', remedy: 'a snapshot export writes them out' },
];

/**
 * Raises if a directory is, or lies in, a table of which only a log says what rows there are: its
 * files may hold rows that were removed or replaced.
 *
 * @throws FormatError
 */
export async function assertNoTable(root: string): Promise<void> {
  for (let directory = resolve(root); ; directory = dirname(directory)) {
    const names: string[] = await readdir(directory).catch(() => []);
    for (const format of formats) {
      if (!names.includes(format.directory) || !(await hasFile(directory, format))) continue;
      throw new FormatError(
        `directory is of ${format.name}: ${directory} (its ${format.directory} says which files count, and which were removed). Give the list of files that count: ${format.remedy}`,
      );
    }
    if (directory === dirname(directory)) return;
  }
}

async function hasFile(root: string, { directory, file }: TableFormat): Promise<boolean> {
  if (!file) return true;
  const names: string[] = await readdir(join(root, directory)).catch(() => []);
  return names.some((name) => file.test(name));
}
