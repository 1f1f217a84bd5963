import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { flagOf } from '../../src/cli/flag.js';
import { about } from '../../src/options/option.js';
import { number, oneOf, wholeNumber } from '../../src/options/values.js';

/** What a flag parses words to. */
function parse(flag: ReturnType<typeof flagOf>, ...words: string[]) {
  const command = new Command().exitOverride().configureOutput({ writeErr: () => {} });
  return command.addOption(flag).parse(words, { from: 'user' }).opts();
}

describe('flagOf', () => {
  it('should take help, choices and bounds from the option', () => {
    const share = about('a share (default: 0.5)', number({ from: 0, below: 1 }));
    const mode = about('how', oneOf(['append', 'replace']));

    const flags = [flagOf('--share <n>', share), flagOf('--mode <mode>', mode, ', as told')];

    expect(flags.map(({ description }) => description)).toEqual([
      'a share (default: 0.5)',
      'how, as told',
    ]);
    expect(parse(flags[0] as never, '--share', '2.5e-1')).toEqual({ share: 0.25 });
    expect(parse(flags[1] as never, '--mode', 'replace')).toEqual({ mode: 'replace' });
    expect(() => parse(flags[1] as never, '--mode', 'merge')).toThrow('append, replace');
  });

  it.each(['', ' ', '1', '-0.1', 'many', '0x1', '30%', '0,3', 'Infinity'])(
    'should refuse %j for a share in the words of the option',
    (text) => {
      const flag = flagOf('--share <n>', number({ from: 0, below: 1 }));

      expect(() => parse(flag, '--share', text)).toThrow('It must be a number in [0, 1).');
    },
  );

  it.each(['1.5', '-1', '1e300', '9007199254740993'])('should refuse %s for a count', (text) => {
    const flag = flagOf('--rows <n>', wholeNumber({ from: 0 }));

    expect(() => parse(flag, '--rows', text)).toThrow('It must be a whole number from 0.');
  });
});
