import type { AnyOption, Option, Shape, ShapeOf } from './option.js';

/**
 * An object of options, all of them described; the compiler holds the description against the
 * interface.
 *
 * ```ts
 * const dogOptions = object<DogOptions>({ name: required(text('a name')), age: number({ from: 0 }) });
 * ```
 */
export function object<Options>(shape: ShapeOf<Options>): Option<Options> & {
  readonly shape: ShapeOf<Options>;
} {
  return {
    wanted: 'an object of options',
    accepts: isPlainObject,
    shape: shape as ShapeOf<Options> & Shape,
    json: { type: 'object' },
  };
}

/** A list of items that are all alike. */
export function listOf<Item>(
  item: Option<Item>,
  wanted: string,
  { least = 0 }: { least?: number } = {},
): Option<readonly Item[]> {
  return {
    wanted,
    accepts: (value) => Array.isArray(value) && value.length >= least,
    item: item as AnyOption,
    json: { type: 'array', ...(least > 0 ? { minItems: least } : {}) },
  };
}

/** Values by names of the user's, such as those of columns. */
export function recordOf<Item>(
  item: Option<Item>,
  wanted: string,
  itemPath?: (name: string) => string,
): Option<Readonly<Record<string, Item>>> {
  return {
    wanted,
    accepts: isPlainObject,
    item: item as AnyOption,
    ...(itemPath ? { itemPath } : {}),
    json: { type: 'object' },
  };
}

/** What may be of several kinds. */
export function either<const Options extends readonly AnyOption[]>(
  alternatives: Options,
  wanted = alternatives.map((each) => each.wanted).join(', or '),
): Option<ValueOf<Options[number]>> {
  return {
    wanted,
    accepts: (value) => alternatives.some(({ accepts }) => accepts(value)),
    alternatives,
    json: {},
  };
}

type ValueOf<Each> = Each extends Option<infer Value> ? Value : never;

/** Whether a value is an object of options, and not a list, a date, a promise or a class's. */
function isPlainObject(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const tag = Object.prototype.toString.call(value);
  return tag === '[object Object]' && !('then' in value);
}
