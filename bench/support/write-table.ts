import { readFileSync, writeFileSync } from 'node:fs';

/** Puts a table into a page of the documentation, between `<!-- NAME -->` and `<!-- /NAME -->`. */
export function writeTable(page: string, name: string, table: string): void {
  const text = readFileSync(page, 'utf8');
  const [before, , after] = text.split(new RegExp(`(?<=<!-- ${name} -->\n)|(?=<!-- /${name} -->)`));
  if (after === undefined) throw new Error(`${page} has no place for ${name}`);
  writeFileSync(page, `${before}\n${table}\n\n${after}`);
}
