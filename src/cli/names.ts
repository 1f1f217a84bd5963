import { InvalidArgumentError } from 'commander';

/** A name or a value as it is written, or as a JSON text where it holds `=`, `,` or quotes. */
const quoted = /^"(?:[^"\\]|\\.)*"/;

/**
 * A name and what stands behind the first `=`: `label=fraud`, or `"a=b"="1,2"`.
 *
 * @param example Shown in the error for what has no `=`.
 */
export function splitPair(text: string, example: string): [name: string, rest: string] {
  const head = quoted.exec(text)?.[0];
  if (head !== undefined && text[head.length] === '=') {
    return [unquote(head), text.slice(head.length + 1)];
  }
  const at = text.indexOf('=');
  if (at < 0) throw new InvalidArgumentError(`It must be a name, = and what it is: ${example}.`);
  return [text.slice(0, at), text.slice(at + 1)];
}

/** Names with commas between them; those that hold one are written as JSON texts: `a,"b,c"`. */
export function splitNames(text: string): string[] {
  const names: string[] = [];
  for (let rest = text; ; ) {
    const head = quoted.exec(rest)?.[0];
    const isQuoted =
      head !== undefined && (rest.length === head.length || rest[head.length] === ',');
    const end = isQuoted ? head.length : rest.indexOf(',');
    names.push(isQuoted ? unquote(head) : rest.slice(0, end < 0 ? rest.length : end));
    if (end < 0 || end >= rest.length) return names;
    rest = rest.slice(end + 1);
  }
}

/** What a JSON text says; any other text as it is. */
export function unquote(text: string): string {
  if (quoted.exec(text)?.[0] !== text) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
