/** The shortest text of a float that gives the same one when it is rounded to its `digits` again. */
export function floatText(value: number, round: (value: number) => number, digits: number): string {
  if (Object.is(value, -0)) return '-0';
  for (let count = 1; count < digits; count++) {
    const short = Number(value.toPrecision(count));
    if (round(short) === value) return String(short);
  }
  return String(value);
}

/** The text of a double: the shortest that gives the same one. */
export function doubleText(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}
