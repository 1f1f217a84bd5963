import type { Explanation } from './explain-model.js';
import type { Trait } from './traits.js';

/** An explanation for people, line by line. */
export interface ExplanationInWords {
  readonly directions: readonly { readonly direction: number; readonly moves: string }[];
  readonly conditions: readonly {
    readonly condition: string;
    readonly hits: string;
    readonly moves: string;
  }[];
}

/** Traits that are told of each direction and condition. */
const mostTold = 6;

/** An explanation in words: 'mass +0.71, species=Gentoo +0.55'. */
export function explanationInWords({ directions, effects }: Explanation): ExplanationInWords {
  return {
    directions: directions.map(({ moves }, k) => ({
      direction: k + 1,
      moves: inWords(moves.map(({ correlation, ...trait }) => [trait, correlation])),
    })),
    conditions: effects.map(({ column, level, hits, shifts }) => ({
      condition: nameOf({ column, level }),
      hits: `${(100 * hits).toFixed(1)} %`,
      moves: inWords(shifts.map(({ shift, ...trait }) => [trait, shift])),
    })),
  };
}

function inWords(traits: readonly (readonly [Trait, number])[]): string {
  const told = traits
    .slice(0, mostTold)
    .map(
      ([trait, value]) => `${nameOf(trait)} ${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(2)}`,
    );
  return told.length === 0 ? 'nothing' : told.join(', ');
}

function nameOf({ column, level }: Trait): string {
  return level === undefined ? column : `${column}=${level}`;
}
