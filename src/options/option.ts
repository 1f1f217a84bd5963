/** A JSON Schema, or a part of one (draft 2020-12). */
export interface JsonSchema {
  readonly [keyword: string]: unknown;
}

/** Carries the type of the values; there is nothing behind it. */
declare const values: unique symbol;

/**
 * The description of an option: what it may be, in words, as a check and as JSON Schema.
 *
 * Its type parameter is invariant, so that a description fits an interface only where both say the
 * same: neither can be changed alone.
 */
export interface Option<Value> {
  readonly [values]?: (value: Value) => Value;
  /** What it must be, as it stands behind 'must be': 'a number in [0, 1)'. */
  readonly wanted: string;
  /** What it is for, in one phrase: help of the command line, and the JSON Schema. */
  readonly about?: string;
  /** What to write, as a sentence behind the error. */
  readonly hint?: string;
  readonly isRequired?: boolean;
  /** Whether the value itself is right; what is in it is looked at on its own. */
  readonly accepts: (value: unknown) => boolean;
  /** Of an object: its options by name. Others are refused. */
  readonly shape?: Shape;
  /** Of a list, or of an object by names that are the user's: what each item is. */
  readonly item?: AnyOption;
  /** How a name of the user's follows in a path: `.a` or `['a']`. Default `.a`. */
  readonly itemPath?: (name: string) => string;
  /** Where it may be of several kinds: the first that accepts a value says what may be in it. */
  readonly alternatives?: readonly AnyOption[];
  /** Undefined for what JSON does not have, such as functions. */
  readonly json?: JsonSchema;
}

// biome-ignore lint/suspicious/noExplicitAny: an option of whatever values.
export type AnyOption = Option<any>;

/** Options by name. */
export type Shape = Readonly<Record<string, AnyOption>>;

/** A description of each member of an interface. */
export type ShapeOf<Options> = {
  readonly [Name in keyof Options]-?: Option<Exclude<Options[Name], undefined>>;
};

/** The same option, with what it is for. */
export function about<Value>(text: string, option: Option<Value>): Option<Value> {
  return { ...option, about: text };
}

/** The same option, which cannot be left out. */
export function required<Value>(option: Option<Value>): Option<Value> {
  return { ...option, isRequired: true };
}

/** The same option, with a sentence on what to write. */
export function hinted<Value>(hint: string, option: Option<Value>): Option<Value> {
  return { ...option, hint };
}
