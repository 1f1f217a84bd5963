/** How numbers are written. */
export interface NumberStyle {
  readonly decimal: '.' | ',';
  /** What stands between groups of three digits; none if undefined. */
  readonly thousands: string | undefined;
}

/** A text as numbers are written in English: a point before fractions, and nothing between digits. */
export type PlainNumber = (text: string) => string | undefined;

/**
 * What turns numbers of a style into plain ones; undefined for a text that is not of the style, such
 * as `1.5` where points stand between thousands.
 */
export function plainNumber({ decimal, thousands }: NumberStyle): PlainNumber {
  if (decimal === '.' && thousands === undefined) return (text) => text;
  const grouped =
    thousands === undefined
      ? undefined
      : new RegExp(
          `^\\s*[+-]?\\d{1,3}(${quoted(thousands)}\\d{3})+(${quoted(decimal)}|[eE]|\\s*$)`,
        );
  return (text) => {
    let plain = text;
    if (grouped && thousands !== undefined && plain.includes(thousands)) {
      if (!grouped.test(plain)) return undefined;
      plain = plain.replaceAll(thousands, '');
    }
    if (decimal === '.') return plain;
    return plain.includes('.') ? undefined : plain.replace(',', '.');
  };
}

function quoted(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
