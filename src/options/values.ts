import type { Seed } from '../random.js';
import type { Option } from './option.js';

/** Bounds of a number: from and to are allowed themselves, above and below are not. */
interface Bounds {
  readonly from?: number | undefined;
  readonly above?: number | undefined;
  readonly to?: number | undefined;
  readonly below?: number | undefined;
}

/** A whole number from `from` on, and to `to` if that is given. */
export function wholeNumber({ from, to }: { from: number; to?: number }): Option<number> {
  const range = to === undefined ? ` from ${from}` : ` from ${from} to ${to}`;
  return {
    wanted: from === 1 && to === undefined ? 'a positive whole number' : `a whole number${range}`,
    accepts: (value) => Number.isSafeInteger(value) && isWithin(value as number, { from, to }),
    json: { type: 'integer', minimum: from, ...(to === undefined ? {} : { maximum: to }) },
  };
}

/** A finite number within bounds. */
export function number(bounds: Bounds = {}): Option<number> {
  const { from, above, to, below } = bounds;
  return {
    wanted: describeBounds(bounds),
    accepts: (value) => Number.isFinite(value) && isWithin(value as number, bounds),
    json: {
      type: 'number',
      ...(from === undefined ? {} : { minimum: from }),
      ...(above === undefined ? {} : { exclusiveMinimum: above }),
      ...(to === undefined ? {} : { maximum: to }),
      ...(below === undefined ? {} : { exclusiveMaximum: below }),
    },
  };
}

function isWithin(value: number, { from, above, to, below }: Bounds): boolean {
  return (
    (from === undefined || value >= from) &&
    (above === undefined || value > above) &&
    (to === undefined || value <= to) &&
    (below === undefined || value < below)
  );
}

function describeBounds({ from, above, to, below }: Bounds): string {
  const upper = to ?? below;
  if (upper !== undefined) {
    const [open, close] = [above === undefined ? '[' : '(', to === undefined ? ')' : ']'];
    return `a number in ${open}${from ?? above ?? '−∞'}, ${upper}${close}`;
  }
  if (above === 0) return 'a positive number';
  if (above !== undefined) return `a number above ${above}`;
  return from === undefined ? 'a number' : `a number from ${from}`;
}

export function boolean(): Option<boolean> {
  return {
    wanted: 'true or false',
    accepts: (value) => typeof value === 'boolean',
    json: { type: 'boolean' },
  };
}

/** A text that is not empty. @param wanted What it names: 'the path of a file'. */
export function text(wanted: string): Option<string> {
  return {
    wanted,
    accepts: (value) => typeof value === 'string' && value !== '',
    json: { type: 'string', minLength: 1 },
  };
}

/** One of some values. */
export function oneOf<const Choice extends string | number | boolean>(
  choices: readonly Choice[],
): Option<Choice> {
  const [listed, last] = [choices.map(quote), choices.length === 2];
  return {
    wanted: last ? listed.join(' or ') : `one of ${listed.join(', ')}`,
    accepts: (value) => (choices as readonly unknown[]).includes(value),
    json: { enum: choices },
  };
}

const quote = (choice: unknown) => (typeof choice === 'string' ? `'${choice}'` : String(choice));

/** A function: JSON has none. */
export function callback<Value>(wanted = 'a function'): Option<Value> {
  return { wanted, accepts: (value) => typeof value === 'function' };
}

/** What a test of its own says. */
export function custom<Value>(
  wanted: string,
  accepts: (value: unknown) => boolean,
  json?: Option<Value>['json'],
): Option<Value> {
  return { wanted, accepts, ...(json === undefined ? {} : { json }) };
}

/** An AbortSignal, of this realm or another. */
export function abortSignal(): Option<AbortSignal> {
  return custom('an AbortSignal', (value) => {
    const { aborted, addEventListener } = (value ?? {}) as Partial<AbortSignal>;
    return typeof aborted === 'boolean' && typeof addEventListener === 'function';
  });
}

/** What a random stream can be seeded with. */
export function seed(): Option<Seed> {
  return custom(
    'a number, a bigint or a string',
    (value) => typeof value === 'string' || typeof value === 'bigint' || Number.isFinite(value),
    { type: ['number', 'string'] },
  );
}
