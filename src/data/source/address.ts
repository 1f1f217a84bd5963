import { fileURLToPath } from 'node:url';
import { InvalidOptionError } from '../../errors.js';

/** Whether text is an address on the web, and no path. */
export function isWebAddress(text: string): boolean {
  return /^https?:\/\//i.test(text);
}

/**
 * An address that can be read.
 *
 * @throws InvalidOptionError if it is of another kind, or no address.
 */
export function parseAddress(address: string | URL): URL {
  const url = URL.canParse(String(address)) ? new URL(address) : undefined;
  if (url && ['http:', 'https:', 'file:'].includes(url.protocol)) return url;
  throw new InvalidOptionError(
    `address cannot be read: ${url?.protocol ?? address}. Give an http:, https: or file: URL`,
  );
}

/** An address in messages: a query may hold a signature, and what goes before the host a password. */
export function nameAddress(url: URL): string {
  return url.protocol === 'file:' ? fileURLToPath(url) : `${url.origin}${url.pathname}`;
}
