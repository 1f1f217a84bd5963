import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { promisify } from 'node:util';
import { emojiPackages } from './emoji.js';

/** Installs the packages of emoji, without dependencies of ours, into a folder of their own. */
export async function fetchEmoji(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const options = ['--no-save', '--no-audit', '--no-fund', '--ignore-scripts'];
  await promisify(execFile)('npm', ['install', ...options, '--prefix', folder, ...emojiPackages]);
}
