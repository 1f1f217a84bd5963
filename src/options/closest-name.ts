/**
 * The name that shares most with `name`; letter case is free. `undefined` for no names, or if more
 * than the share `most` of it would have to be typed anew.
 */
export function closestName(
  name: string,
  names: readonly string[],
  most = Number.POSITIVE_INFINITY,
): string | undefined {
  const distances = names.map((each) => {
    const edits = editDistance(name.toLowerCase(), each.toLowerCase());
    return edits / Math.max(name.length, each.length, 1);
  });
  const least = Math.min(...distances);
  return least <= most ? names[distances.indexOf(least)] : undefined;
}

/** Insertions, deletions and substitutions from one text to another (Levenshtein 1966). */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let i = 0; i < from.length; i++) {
    const next = [i + 1];
    for (let j = 0; j < to.length; j++) {
      const substituted = (row[j] as number) + (from[i] === to[j] ? 0 : 1);
      next.push(Math.min(substituted, (row[j + 1] as number) + 1, (next[j] as number) + 1));
    }
    row = next;
  }
  return row[to.length] as number;
}
