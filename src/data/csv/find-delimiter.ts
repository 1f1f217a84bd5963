/** What separates cells where nobody says it, in the order in which they are tried. */
const delimiters = [',', ';', '\t', '|'] as const;

/** Lines that are looked at. */
const mostLines = 50;

/**
 * The delimiter of a CSV text: the first that is in all of its first lines equally often; a comma if
 * there is none.
 *
 * @param text the start of the text; its last line may be incomplete.
 * @param quote what encloses cells, in which delimiters do not count; false: nothing does.
 */
export function findDelimiter(text: string, quote: string | false): string {
  const lines = linesOf(text, quote);
  const counts = (delimiter: string) =>
    new Set(lines.map((line) => line.split(delimiter).length - 1));
  const isEven = (delimiter: string) => {
    const found = counts(delimiter);
    return found.size === 1 && !found.has(0);
  };
  return delimiters.find(isEven) ?? ',';
}

/** The first lines without what is in quotes, which may go over several. */
function linesOf(text: string, quote: string | false): string[] {
  const bare = quote === false ? text : withoutQuoted(text, quote);
  const lines = bare.split(/\r\n|\n|\r/);
  const whole = lines.length > 1 ? lines.slice(0, -1) : lines;
  return whole.filter((line) => line !== '').slice(0, mostLines);
}

function withoutQuoted(text: string, quote: string): string {
  return text
    .split(quote)
    .filter((_, k) => k % 2 === 0)
    .join('');
}
