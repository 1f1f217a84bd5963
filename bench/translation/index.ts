import { runHeads } from './heads/index.js';
import { runOutlines } from './outlines/index.js';
import { runStyles } from './styles/index.js';

const parts: Readonly<Record<string, (args: string[]) => Promise<void>>> = {
  outlines: runOutlines,
  styles: runStyles,
  heads: runHeads,
};

/** Measures translations: of outlines to colours, between two styles of emoji, of labels to heads. */
export async function run([part = '', ...args]: string[]): Promise<void> {
  const runPart = parts[part];
  if (runPart) return runPart(args);
  throw new Error(`usage: npm run bench -- translation ${Object.keys(parts).join('|')} FOLDER`);
}
