import { Option as Flag, InvalidArgumentError } from 'commander';
import type { AnyOption } from '../options/option.js';

/**
 * The flag of an option of the library: its help, its choices and its check are the option's own, so
 * that both say the same.
 *
 * @param more Stands behind the help: how the flag is written, where that is not like the option.
 */
export function flagOf(flags: string, option: AnyOption, more = ''): Flag {
  const flag = new Flag(flags, `${option.about ?? ''}${more}`);
  const { enum: choices, type } = option.json ?? {};
  if (Array.isArray(choices)) return flag.choices(choices.map(String));
  const isNumber = type === 'number' || type === 'integer';
  return flag.argParser((text: string) => {
    const value = isNumber ? numberIn(text) : text;
    if (option.accepts(value)) return value;
    throw new InvalidArgumentError(`It must be ${option.wanted}.`);
  });
}

/** The number that a text is; NaN for other texts, such as '0x10', which only programmers read. */
function numberIn(text: string): number {
  return /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
}
