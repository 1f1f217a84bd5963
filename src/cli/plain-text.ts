const short: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/**
 * Text on one line, with control characters written out: what comes from a file, such as the name
 * of a column, must not break the line nor drive the terminal.
 */
export function plainText(text: string): string {
  return text.replace(/\p{Cc}/gu, (character) => {
    const code = character.charCodeAt(0).toString(16).padStart(4, '0');
    return short[character] ?? `\\u${code}`;
  });
}
