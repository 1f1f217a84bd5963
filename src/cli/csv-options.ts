import { Option } from 'commander';

/** What `csvOptions` parse to. */
export interface CsvFlags {
  readonly guardCells?: true;
}

/** Options of CSV output. */
export const csvOptions = () =>
  [
    new Option('--guard-cells', "put a ' before texts that spreadsheets would run, such as =1+1"),
  ].map((option) => option.helpGroup('CSV output:'));

/** The library's options for what `csvOptions` parse to. */
export function csvFrom({ guardCells }: CsvFlags): { guard: boolean | undefined } {
  return { guard: guardCells };
}
