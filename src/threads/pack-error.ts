import * as ours from '../errors.js';

/** What was thrown, as plain data that another thread can take. */
export type PackedError =
  | {
      readonly kind: 'error';
      readonly name: string;
      readonly message: string;
      readonly stack: string | undefined;
      /** Own properties besides, such as the `code` of a system error, as far as they are plain. */
      readonly properties: Readonly<Record<string, string | number | boolean>>;
      readonly cause?: PackedError | undefined;
    }
  | { readonly kind: 'value'; readonly text: string };

/** Causes of causes beyond this depth are left out. */
const mostCauses = 8;

/** Packs what was thrown, with its causes. */
export function packError(error: unknown, depth = 0): PackedError {
  if (!(error instanceof Error)) return { kind: 'value', text: String(error) };
  const { name, message, stack, cause } = error;
  const properties = Object.fromEntries(
    Object.entries(error).filter(([, value]) => /^(string|number|boolean)$/.test(typeof value)),
  );
  const packed = { kind: 'error', name, message, stack, properties } as const;
  if (cause === undefined || depth === mostCauses) return packed;
  return { ...packed, cause: packError(cause, depth + 1) };
}

/** The error again: of the same class if it is one of ours or of the language, and else an `Error`. */
export function unpackError(packed: PackedError): unknown {
  if (packed.kind === 'value') return packed.text;
  const { name, message, stack, properties, cause } = packed;
  const options = cause === undefined ? undefined : { cause: unpackError(cause) };
  const error = new (classOf(name))(message, options);
  Object.assign(error, properties);
  // As they were: a class of ours adds to its message.
  error.message = message;
  if (stack !== undefined) error.stack = stack;
  if (error.name !== name) Object.defineProperty(error, 'name', { value: name });
  return error;
}

type ErrorClass = new (message: string, options?: ErrorOptions) => Error;

const languageErrors = [
  EvalError,
  RangeError,
  ReferenceError,
  SyntaxError,
  TypeError,
  URIError,
] as const;

function classOf(name: string): ErrorClass {
  const classes: readonly unknown[] = [...Object.values(ours), ...languageErrors];
  const found = classes.find((each) => typeof each === 'function' && each.name === name);
  return (found as ErrorClass | undefined) ?? Error;
}
