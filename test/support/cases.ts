/** Whether this is `npm run test:deep`, which gives properties and fuzzers all of their cases. */
export const isDeep = process.env.TEST_DEPTH === 'deep';

/**
 * How many random cases a property is given: `normal` in `npm test`, and `deep` in
 * `npm run test:deep`, which runs the files that use this, and which continuous integration runs too.
 */
export function caseCount(normal: number, deep: number): number {
  return isDeep ? deep : normal;
}
