import { isDeepStrictEqual } from 'node:util';
import type { Reading } from './reading.js';
import type { Watched } from './watch.js';

/** How a file ended. */
export interface Verdict {
  readonly end:
    | 'equal'
    | 'equal, as another type'
    | 'equal to one, not to another'
    | 'refused, as by all'
    | 'refused, read by others'
    | 'read by us alone'
    | 'different'
    | 'error that is not ours'
    | 'crash, hang or memory';
  /** Why it is not simply equal. */
  readonly why?: string;
}

/** Ends that are faults. */
export const faults: readonly Verdict['end'][] = [
  'different',
  'error that is not ours',
  'crash, hang or memory',
];

/** Holds what we read of a file against what others read. */
export function judge(ours: Watched, others: ReadonlyMap<string, Reading>): Verdict {
  if ('fault' in ours) return { end: 'crash, hang or memory', why: ours.fault };
  const able = [...others].filter(([, reading]) => !('error' in reading));
  if ('error' in ours) {
    if (!ours.isOurs) return { end: 'error that is not ours', why: ours.error };
    const names = able.map(([name]) => name).join(', ');
    return able.length === 0
      ? { end: 'refused, as by all', why: ours.error }
      : { end: 'refused, read by others', why: `${ours.error} (${names})` };
  }
  if (able.length === 0)
    return { end: 'read by us alone', why: [...others.values()].map(errorOf).join('; ') };
  const compared = able.map(([name, reading]) => ({ name, ...compare(ours, reading as Read) }));
  const [equal, unequal] = [
    compared.filter(({ difference }) => difference === undefined),
    compared.filter(({ difference }) => difference !== undefined),
  ];
  const why = unequal.map(({ name, difference }) => `${name}: ${difference}`).join('; ');
  if (equal.length === 0) return { end: 'different', why };
  if (unequal.length > 0) return { end: 'equal to one, not to another', why };
  const types = compared.find(({ types: each }) => each)?.types;
  return types ? { end: 'equal, as another type', why: types } : { end: 'equal' };
}

type Read = Extract<Reading, { readonly rows: number }>;

const errorOf = (reading: Reading) => ('error' in reading ? reading.error : '');

function compare(ours: Read, theirs: Read): { difference?: string; types?: string } {
  if (ours.rows !== theirs.rows) return { difference: `${ours.rows} rows for ${theirs.rows}` };
  if (ours.columns.length !== theirs.columns.length) {
    return { difference: `${ours.columns.length} columns for ${theirs.columns.length}` };
  }
  let types: string | undefined;
  for (const [k, { name, family, values }] of ours.columns.entries()) {
    const their = theirs.columns[k];
    if (isDeepStrictEqual(values, their?.values)) continue;
    const row = values.findIndex((value, index) => !isDeepStrictEqual(value, their?.values[index]));
    const shown = [values[row], their?.values[row]].map((value) =>
      JSON.stringify(value)?.slice(0, 60),
    );
    const difference = `'${name}', row ${row}: ${shown.join(' for ')}`;
    if (their?.family === family) return { difference };
    types = `${difference} (${family} for ${their?.family})`;
  }
  return types ? { types } : {};
}
