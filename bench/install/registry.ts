import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

/** A registry on this machine. */
export interface Registry {
  readonly port: number;
  /** A socket in the file system, which is reached from another network too. */
  readonly socket: string;
  close(): Promise<void>;
}

/**
 * Serves the tarballs of a folder under their names, and all else from the registry that npm is set
 * up for, which is asked once for each thing.
 */
export async function startRegistry(tarballs: string, folder: string): Promise<Registry> {
  const own = new Map(
    readdirSync(tarballs)
      .filter((file) => file.endsWith('.tgz'))
      .map((file) => describe(join(tarballs, file))),
  );
  const upstream = execFileSync('npm', ['config', 'get', 'registry'], { encoding: 'utf8' }).trim();
  const cache = join(folder, 'cache');
  mkdirSync(cache, { recursive: true });

  const fetchOnce = async (path: string): Promise<Buffer | undefined> => {
    const file = join(cache, encodeURIComponent(path));
    if (existsSync(file)) return readFileSync(file);
    const response = await fetch(new URL(path.slice(1), upstream));
    if (!response.ok) return undefined;
    const bytes = Buffer.from(await response.arrayBuffer());
    writeFileSync(file, bytes);
    return bytes;
  };

  const serve = async ({ url = '/', headers }: IncomingMessage, response: ServerResponse) => {
    const path = url.split('?', 1)[0] as string;
    const name = decodeURIComponent(path.slice(1));
    const [owner, tarball] = name.split('/-/') as [string, string?];
    const ours = own.get(owner);
    if (tarball !== undefined) {
      const bytes = ours ? readFileSync(ours.file) : await fetchOnce(path);
      return bytes ? response.end(bytes) : response.writeHead(404).end();
    }
    // One version or tag of a package is asked for by its name and another part.
    const [whole = '', scoped = '', plain = ''] =
      /^((?:@[^/]+\/)?[^/]+)(?:\/(.*))?$/.exec(name) ?? [];
    const document = own.has(scoped)
      ? own.get(scoped)?.[plain ? 'manifest' : 'document']
      : await fetchOnce(plain ? `/${whole}` : `/${scoped.replace('/', '%2f')}`);
    if (document === undefined) return response.writeHead(404).end('{}');
    response.setHeader('content-type', 'application/json');
    return response.end(withTarballsHere(document.toString(), `http://${headers.host}`));
  };

  const listener = (request: IncomingMessage, response: ServerResponse) => {
    serve(request, response).catch((error) => response.writeHead(500).end(String(error)));
  };
  const socket = join(folder, 'registry.sock');
  rmSync(socket, { force: true });
  const [onSocket, onPort] = [createServer(listener), createServer(listener)];
  await new Promise<void>((done) => onSocket.listen(socket, done));
  await new Promise<void>((done) => onPort.listen(0, '127.0.0.1', done));
  return {
    port: (onPort.address() as AddressInfo).port,
    socket,
    async close() {
      for (const server of [onSocket, onPort]) {
        server.closeAllConnections();
        server.close();
      }
    },
  };
}

/** What a registry says of one package that has one version. */
function describe(file: string) {
  const manifest = JSON.parse(
    execFileSync('tar', ['-xzOf', file, 'package/package.json'], { encoding: 'utf8' }),
  );
  const { name, version } = manifest;
  const bytes = readFileSync(file);
  const dist = {
    tarball: `here/${name}/-/${name.split('/').at(-1)}-${version}.tgz`,
    integrity: `sha512-${createHash('sha512').update(bytes).digest('base64')}`,
    shasum: createHash('sha1').update(bytes).digest('hex'),
  };
  const only = { ...manifest, _id: `${name}@${version}`, dist };
  const document = JSON.stringify({
    _id: name,
    name,
    'dist-tags': { latest: version },
    versions: { [version]: only },
    time: { [version]: '2026-01-01T00:00:00.000Z' },
  });
  return [name as string, { file, document, manifest: JSON.stringify(only) }] as const;
}

function withTarballsHere(document: string, here: string): string {
  return document.replaceAll(/("tarball":\s*")(?:https?:\/\/[^/"]+|here)\//g, `$1${here}/`);
}
