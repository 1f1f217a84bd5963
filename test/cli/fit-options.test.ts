import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { conditionOptions } from '../../src/cli/condition-options.js';
import { type FitFlags, fitFrom, fitOptions } from '../../src/cli/options.js';

function flagsOf(...words: string[]): FitFlags & { where?: object } {
  const command = new Command('train').exitOverride().configureOutput({ writeErr: () => {} });
  for (const option of [...fitOptions(), ...conditionOptions()]) command.addOption(option);
  return command.parse(words, { from: 'user' }).opts();
}

describe('options of tables', () => {
  it('should take rules, kinds of columns, and values as people write them', () => {
    const flags = flagsOf(
      ...['--rule', 'order:start,end', '--rule', 'sum:"a,b",c,d', '--column', 'zip=categorical'],
      ...['--where', 'n=null', '--where', '"a=b"="null"', '--where', 'price=50.25'],
    );

    expect(fitFrom(flags)).toMatchObject({
      rules: [
        { kind: 'order', columns: ['start', 'end'] },
        { kind: 'sum', columns: ['a,b', 'c', 'd'] },
      ],
      columns: { zip: { kind: 'categorical' } },
    });
    expect(flags.where).toEqual({ n: null, 'a=b': 'null', price: '50.25' });
  });

  it('should look for rules unless told not to', () => {
    expect(fitFrom(flagsOf()).rules).toBeUndefined();
    expect(fitFrom(flagsOf('--no-rules')).rules).toBe(false);
  });

  it.each(['start,end', 'even:a', 'order:start'])('should refuse the rule %s', (rule) => {
    expect(() => flagsOf('--rule', rule)).toThrow('order:start,end');
  });
});
