/** An object without some of its members. */
export function omit<Members extends object, Name extends keyof Members>(
  members: Members,
  ...names: readonly Name[]
): Omit<Members, Name> {
  const left = new Set<PropertyKey>(names);
  return Object.fromEntries(
    Object.entries(members).filter(([name]) => !left.has(name)),
  ) as unknown as Omit<Members, Name>;
}
