/** Values of several columns (see `readTexts`) as the text of one level. */
export function textOfCombination(members: readonly (string | null)[]): string {
  return JSON.stringify(members);
}

/** The values again; undefined for what is no combination of so many. */
export function membersOfCombination(
  text: string,
  count: number,
): readonly (string | null)[] | undefined {
  try {
    const members: unknown = JSON.parse(text);
    const isRight =
      Array.isArray(members) &&
      members.length === count &&
      members.every((member) => member === null || typeof member === 'string');
    return isRight ? members : undefined;
  } catch {
    return undefined;
  }
}
