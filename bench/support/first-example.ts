import { readFileSync } from 'node:fs';

/** The README's first example: plain JavaScript as it stands. */
export function firstExample(): string {
  const [, code = ''] = /```ts\n([\s\S]*?)```/.exec(readFileSync('README.md', 'utf8')) ?? [];
  return code;
}
