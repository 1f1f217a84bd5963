/**
 * Where a value holds what cannot cross to another thread unchanged: a function, a symbol, or an
 * object of a class, which would arrive without its methods. Undefined if all of it is plain data.
 *
 * @param path Names the value; what is found in it is named as 'path.member'.
 */
export function findForeign(value: unknown, path: string, seen = new Set()): string | undefined {
  if (typeof value === 'function' || typeof value === 'symbol') return path;
  if (typeof value !== 'object' || value === null || seen.has(value)) return undefined;
  if (ArrayBuffer.isView(value)) return undefined;
  if (!Array.isArray(value) && !isPlainObject(value)) return path;
  seen.add(value);
  for (const [key, member] of Object.entries(value)) {
    const found = findForeign(member, `${path}.${key}`, seen);
    if (found !== undefined) return found;
  }
  return undefined;
}

function isPlainObject(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  // The last also for plain objects of another realm.
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
