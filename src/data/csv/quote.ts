/** What a reader may take for something else than text: other delimiters too, since readers guess. */
const special = /[",;|\t\r\n\ufeff]|^\s|\s$/;

/** What spreadsheets run, and what they leave out before it; full-width forms too. */
const formula = /^(\s*[=+\-@＝＋－＠]|[\t\r\n])/;

/** A text as a cell: in quotes where it needs them, and if it is empty, which else is null. */
export function quoteCell(text: string, delimiter: string): string {
  const plain = text !== '' && !special.test(text) && !text.includes(delimiter);
  return plain ? text : `"${text.replaceAll('"', '""')}"`;
}

/** A text that no spreadsheet runs: with a `'` before it, if one would. */
export function guardText(text: string): string {
  return formula.test(text) ? `'${text}` : text;
}
