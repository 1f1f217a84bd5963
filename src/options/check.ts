import { InvalidOptionError } from '../errors.js';
import { describeValue } from './describe-value.js';
import type { AnyOption, Option, Shape } from './option.js';
import { joinPath, type OptionRoot, unknownOption } from './unknown-option.js';

/**
 * Refuses options that are not as described: those that are unknown, of a wrong type or out of
 * bounds, and those that are missing. Nothing is read or called.
 *
 * @param prefix Stands before the options' names in errors, as in 'fit.steps'.
 * @throws InvalidOptionError that names the option, and what it got.
 */
export function checkOptions<Options>(
  description: Option<Options>,
  options: unknown,
  prefix = '',
): asserts options is Options {
  // Null is no object, and is refused: who reads the options would fail.
  const given = options === undefined ? {} : options;
  if (!description.accepts(given)) throw refused(description, options, prefix);
  walk(description, given, prefix, { top: description, prefix });
}

/**
 * Refuses a single value that is not as described, or missing.
 *
 * @param name Names it in the error.
 * @throws InvalidOptionError that names it, and what it got.
 */
export function checkOption<Value>(
  option: Option<Value>,
  value: unknown,
  name: string,
): asserts value is Value {
  if (value === undefined) throw refused(option, value, name);
  walk(option, value, name, { top: option, prefix: name });
}

function walk(option: AnyOption, value: unknown, path: string, root: OptionRoot): void {
  if (!option.accepts(value)) throw refused(option, value, path);
  const { shape, item, itemPath = (name: string) => `.${name}`, alternatives } = option;
  if (shape) walkShape(shape, value as object, path, root);
  else if (Array.isArray(value) && item) {
    value.forEach((each, k) => {
      walk(item, each, `${path}[${k}]`, root);
    });
  } else if (item) {
    for (const [name, each] of Object.entries(value as object)) {
      walk(item, each, `${path}${itemPath(name)}`, root);
    }
  } else if (alternatives) {
    const chosen = alternatives.find(({ accepts }) => accepts(value)) as AnyOption;
    walk(chosen, value, path, root);
  }
}

function walkShape(shape: Shape, value: object, path: string, root: OptionRoot): void {
  const nameOf = (name: string) => joinPath(path, name);
  for (const [name, each] of Object.entries(value)) {
    if (!Object.hasOwn(shape, name)) {
      throw new InvalidOptionError(unknownOption(nameOf(name), each, shape, root));
    }
    if (each !== undefined) walk(shape[name] as AnyOption, each, nameOf(name), root);
  }
  for (const [name, option] of Object.entries(shape)) {
    const isMissing = (value as Record<string, unknown>)[name] === undefined;
    if (option.isRequired && isMissing) throw refused(option, undefined, nameOf(name));
  }
}

function refused({ wanted, hint }: AnyOption, value: unknown, path: string): InvalidOptionError {
  const got = value === undefined ? 'it is missing' : describeValue(value);
  const remedy = hint === undefined ? '' : `. ${hint}`;
  return new InvalidOptionError(
    `${path === '' ? 'options' : path} must be ${wanted}: ${got}${remedy}`,
  );
}
