/**
 * A function that finds the first key of an object that is not among the names, and has a value. It is
 * fast where most objects have the keys of the one before.
 */
export function createUnknownKeyFinder(
  names: readonly string[],
): (value: object) => string | undefined {
  const known = new Set(names);
  let sound: readonly string[] = [];
  return (value) => {
    const keys = Object.keys(value);
    if (isSame(keys, sound)) return undefined;
    const unknown = keys.filter((key) => !known.has(key));
    if (unknown.length === 0) sound = keys;
    return unknown.find((key) => (value as Record<string, unknown>)[key] !== undefined);
  };
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  if (a.length !== b.length) return false;
  for (let k = 0; k < a.length; k++) if (a[k] !== b[k]) return false;
  return true;
}
