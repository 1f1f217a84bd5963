/** How often each code occurs, and how many cells are not null. */
export function countCodes(codes: Int32Array, levels: number) {
  const counts = new Float64Array(levels);
  let total = 0;
  for (const code of codes) {
    if (code < 0) continue;
    counts[code] = (counts[code] as number) + 1;
    total++;
  }
  return { counts, total };
}
