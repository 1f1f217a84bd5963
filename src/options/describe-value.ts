/** Characters of a value that an error shows. */
const mostCharacters = 80;

/** A value as people write it, with its type: `'0.3' (a string)`, `300 (a number)`. */
export function describeValue(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  return `${shorten(write(value))} (${typeOf(value)})`;
}

function write(value: unknown): string {
  if (typeof value === 'string') return `'${value}'`;
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'function') return value.name === '' ? '() => …' : value.name;
  if (typeof value !== 'object') return String(value);
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return className(value as object);
  }
}

function shorten(text: string): string {
  return text.length <= mostCharacters ? text : `${text.slice(0, mostCharacters - 1)}…`;
}

function typeOf(value: unknown): string {
  if (Array.isArray(value)) return 'an array';
  if (typeof value !== 'object') return `a ${typeof value}`;
  const name = className(value as object);
  return name === 'Object' ? 'an object' : `an object of class ${name}`;
}

function className(value: object): string {
  return value.constructor?.name ?? 'none';
}
