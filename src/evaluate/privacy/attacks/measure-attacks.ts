import type { Rows } from '../../../columns/column.js';
import { sampleRows } from '../../../columns/select.js';
import type { Random } from '../../../random.js';
import { type Attributes, discloseAttributes } from './attribute.js';
import { attackMembership, type Membership } from './membership.js';
import { type SinglingOut, singleOut } from './singling-out.js';

/** What attackers get out of synthetic rows, beside what they get of rows that were not trained on. */
export interface Attacks {
  /** Whether a row was trained on. */
  readonly membership: Membership;
  /** Cells of a row, of someone who knows the others. */
  readonly attributes: Attributes;
  /** Guesses that are true of one row alone. */
  readonly singlingOut: SinglingOut;
  /** Rows that were drawn for it. */
  readonly rows: {
    /** Rows that were trained on. */
    readonly members: number;
    /** Real rows that were not. */
    readonly others: number;
    /** Synthetic rows. */
    readonly synthetic: number;
  };
}

/** How many rows are drawn, where nothing else is said: of wide tables fewer, as distances cost more. */
export const attackRows = { members: 1_000, others: 1_000, synthetic: 20_000 };

/** Rows to look at whose cells are guessed, at most, and synthetic ones to guess by. */
const guessedRows = { real: 500, synthetic: 2_000 };

/** Columns from which on fewer rows are compared. */
const wide = 25;

/** Rows that are needed of each kind: of fewer, no interval would say anything. */
export const leastAttacked = 20;

/**
 * Lets attackers try what they can on synthetic rows: draws rows, and looks at no more than 1,000
 * members, 1,000 others and 20,000 synthetic rows; above 25 columns at fewer of each, so that the work
 * does not grow. Undefined where fewer than 20 rows of a kind are there.
 */
export async function measureAttacks(
  members: Rows,
  others: Rows,
  synthetic: Rows,
  random: Random,
  signal?: AbortSignal,
): Promise<Attacks | undefined> {
  const drawn = drawAttacked({ members, others, synthetic }, random);
  const rows = {
    members: drawn.members.length,
    others: drawn.others.length,
    synthetic: drawn.synthetic.length,
  };
  if (Math.min(...Object.values(rows)) < leastAttacked) return undefined;
  const few = (own: Rows, most: number) => sampleRows(own, most, random.fork('guessed', most));
  return {
    membership: await attackMembership(
      drawn.members,
      drawn.others,
      drawn.synthetic,
      random.fork('membership'),
      signal,
    ),
    attributes: await discloseAttributes(
      few(drawn.members, guessedRows.real),
      few(drawn.others, guessedRows.real),
      few(drawn.synthetic, guessedRows.synthetic),
      random.fork('attributes'),
      signal,
    ),
    singlingOut: singleOut(
      drawn.members,
      drawn.others,
      drawn.synthetic,
      random.fork('singling out'),
    ),
    rows,
  };
}

/** Tables that are attacked. */
export type Attacked = Readonly<Record<keyof typeof attackRows, Rows>>;

/** Rows of each table, as many as are attacked. */
export function drawAttacked(tables: Attacked, random: Random): Attacked {
  const share = Math.sqrt(Math.min(wide / tables.members.columns.length, 1));
  const draw = (table: keyof Attacked) =>
    sampleRows(tables[table], Math.ceil(share * attackRows[table]), random.fork('draw', table));
  return { members: draw('members'), others: draw('others'), synthetic: draw('synthetic') };
}
