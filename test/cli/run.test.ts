import { describe, expect, it } from 'vitest';
import { version } from '../../src/version.js';
import { runHere } from './support/console.js';

describe('run', () => {
  it('should print the version', async () => {
    expect(await runHere(['--version'])).toMatchObject({ code: 0, stdout: `${version}\n` });
  });

  it('should print help, with examples and exit codes', async () => {
    const { code, stdout, stderr } = await runHere(['--help']);

    expect([code, stderr]).toEqual([0, '']);
    for (const part of ['augment', 'train', 'sample', 'inspect', 'Examples:', 'Exit codes: 0']) {
      expect(stdout).toContain(part);
    }
  });

  it.each([
    ['augment', '<input...> -o <file> --ratio <share> [options]'],
    ['train', '<input...> -o <directory> [options]'],
    [
      'sample',
      '<model> -n <rows> -o <file> [--from <input>] [--grid <file>] [--animation <file>] [--wav <directory>] [options]',
    ],
    ['inspect', '<path> | --engines [options]'],
  ])('should print help on %s', async (command, usage) => {
    const { code, stdout } = await runHere([command, '--help']);

    expect(code).toBe(0);
    expect(stdout).toContain(`Usage: gan-augment ${command} ${usage}\n`);
  });

  it('should show help on stderr when there is nothing to do', async () => {
    const { code, stdout, stderr } = await runHere([]);

    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('Usage: gan-augment');
  });

  it.each([
    [['augmnt'], "unknown command 'augmnt' (Did you mean augment?) See 'gan-augment --help'."],
    [['--colour'], "unknown option '--colour'. See 'gan-augment --help'."],
    [['inspect'], 'inspect takes a path or --engines: give one of them.'],
    [['inspect', 'a', '--jason'], "unknown option '--jason' (Did you mean --json?)"],
  ])('should refuse %j in one line', async (args, problem) => {
    const { code, stdout, stderr } = await runHere(args);

    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^gan-augment: .*\n$/);
    expect(stderr).toContain(problem);
  });
});
