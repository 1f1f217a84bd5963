import type { IncomingMessage, ServerResponse } from 'node:http';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openHttpRange } from '../../../src/data/source/http-range.js';
import { openSource } from '../../../src/data/source/open-source.js';
import { FileError, FormatError, InvalidOptionError } from '../../../src/errors.js';
import { rangeOf, serveRanges, useServers } from '../support/range-server.js';

const serve = useServers();
const bytes = Uint8Array.from({ length: 1000 }, (_, k) => k % 251);

describe('openSource of an address', () => {
  it('should read any range with one request, as text or URL', async () => {
    const seen: IncomingMessage[] = [];
    const address = await serve(serveRanges(bytes, { seen, etag: () => '"1"' }));
    const readers = [await openSource(address), await openSource(new URL(address))];
    const ranges = fc.tuple(fc.nat(1000), fc.nat(1000)).map((pair) => pair.sort((a, b) => a - b));

    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...readers), ranges, async (reader, range) => {
        const [start, end] = range as [number, number];
        seen.length = 0;

        const read = await reader.read(start, end);

        expect(read).toEqual(bytes.slice(start, end));
        expect(seen.map(rangeOf)).toEqual(start === end ? [] : [[start, end - 1]]);
      }),
    );
    expect(readers.map(({ size }) => size)).toEqual([1000, 1000]);
  });

  it('should know an empty file, and refuse bytes behind the end', async () => {
    const reader = await openSource(await serve(serveRanges(new Uint8Array())));

    expect([reader.size, (await reader.read(0, 0)).length]).toEqual([0, 0]);
    await expect(reader.read(0, 1)).rejects.toThrow(FormatError);
  });

  it('should send user and password as a header, and keep secrets out of messages', async () => {
    const seen: IncomingMessage[] = [];
    const known = new URL(await serve(serveRanges(bytes, { seen })));
    Object.assign(known, { username: 'me', password: 'p%40ss', pathname: '/a', search: '?key=s' });
    const unknown = new URL(await serve((_, response) => response.writeHead(403).end()));
    Object.assign(unknown, {
      username: 'me',
      password: 'p%40ss',
      pathname: '/a',
      search: '?key=s',
    });

    await openSource(known);
    const refused = openSource(unknown);

    const basic = `Basic ${Buffer.from('me:p@ss').toString('base64')}`;
    expect(seen.map(({ headers, url }) => [headers.authorization, url])).toEqual([
      [basic, '/a?key=s'],
    ]);
    await expect(refused).rejects.toThrow(
      `ganAugment: input cannot be read: ${unknown.origin}/a (HTTP 403 Forbidden). Check the address.`,
    );
  });

  it('should follow a redirect within the origin', async () => {
    const good = serveRanges(bytes);
    const address = await serve((request, response) => {
      if (request.url === '/b') good(request, response);
      else response.writeHead(302, { location: '/b' }).end();
    });

    const reader = await openSource(address);

    expect(await reader.read(7, 9)).toEqual(bytes.slice(7, 9));
  });

  it.each(['http://127.0.0.1:1/b', 'https://example.org/', 'file:///etc/passwd', 'http://['])(
    'should not follow a redirect elsewhere: %s',
    async (location) => {
      const address = await serve((_, response) => response.writeHead(302, { location }).end());

      await expect(openSource(address)).rejects.toThrow(FileError);
      await expect(openSource(address)).rejects.toThrow(
        /it redirects to .* Give the address there/,
      );
    },
  );

  it('should not follow redirects without end', async () => {
    const address = await serve((_, response) => response.writeHead(302, { location: '/' }).end());

    await expect(openSource(address)).rejects.toThrow('it redirects more than 5 times');
  });

  it('should ask again where a server fails for a while, and not for ever', async () => {
    const good = serveRanges(bytes);
    let asked = 0;
    const address = await serve((request, response) => {
      asked++;
      if (asked % 3 === 0) return good(request, response);
      if (asked % 3 === 1) return response.writeHead(503).end();
      return response.socket?.destroy();
    });
    const down = await serve((_, response) => response.writeHead(503).end());
    const limits = { idle: 60_000, attempts: 3, pause: 1 };

    const reader = await openHttpRange(new URL(address), 'a', undefined, limits);

    expect(await reader.read(7, 9)).toEqual(bytes.slice(7, 9));
    expect(asked).toBe(6);
    await expect(openHttpRange(new URL(down), 'a', undefined, limits)).rejects.toThrow(
      'input cannot be read: a (HTTP 503 Service Unavailable). Try again later',
    );
  });

  it.each([
    ['never answers', () => {}],
    [
      'stops in the middle of its answer',
      (response: ServerResponse) => {
        response.writeHead(206, { 'content-range': 'bytes 5-9/1000' });
        response.write('x');
      },
    ],
  ])('should not wait for ever for a server that %s', async (_, answer) => {
    const good = serveRanges(bytes);
    const address = await serve((request, response) => {
      if (rangeOf(request)[0] === 0) good(request, response);
      else answer(response);
    });
    const limits = { idle: 1000, attempts: 1, pause: 1 };
    const reader = await openHttpRange(new URL(address), 'a', undefined, limits);

    await expect(reader.read(5, 10)).rejects.toThrow(/\((no answer|no more came) in 1 s\)/);
  });

  it('should refuse a server that ignores ranges', async () => {
    const address = await serve((_, response) => response.end(bytes));

    const opening = openSource(`${address}/a.parquet`);

    await expect(opening).rejects.toThrow(FileError);
    await expect(opening).rejects.toThrow(
      `input cannot be read: ${address}/a.parquet (the server ignores range requests). Download it first`,
    );
  });

  it.each([
    ['no size', 206, { 'content-range': 'bytes 0-0/*' }, 'does not tell its size'],
    ['no content-range', 206, {}, 'does not tell its size'],
    ['an error', 501, {}, 'HTTP 501'],
    ['nothing there', 404, {}, 'HTTP 404 Not Found'],
  ])('should refuse an answer with %s', async (_, status, headers, problem) => {
    const address = await serve((_, response) => response.writeHead(status, headers).end('x'));

    const opening = openSource(address);

    await expect(opening).rejects.toThrow(FileError);
    await expect(opening).rejects.toThrow(problem);
  });

  it.each([
    ['another range', 'bytes 0-4/1000', 5, 'the server sent bytes 0-4/1000'],
    ['too few bytes', 'bytes 5-9/1000', 3, 'sent 3 of 5 bytes'],
    ['too many bytes', 'bytes 5-9/1000', 900, 'too long, beyond 5 bytes'],
    ['another size', 'bytes 5-9/1001', 5, 'changed while it was read'],
  ])('should refuse an answer with %s', async (_, range, length, problem) => {
    const good = serveRanges(bytes);
    const address = await serve((request, response) => {
      if (rangeOf(request)[0] === 0) return good(request, response);
      response.writeHead(206, { 'content-range': range });
      response.end(bytes.subarray(0, length));
    });
    const reader = await openSource(address);

    const reading = reader.read(5, 10);

    await expect(reading).rejects.toThrow(FileError);
    await expect(reading).rejects.toThrow(problem);
  });

  it('should notice another version of the file', async () => {
    let version = 0;
    const address = await serve(serveRanges(bytes, { etag: () => `"${version++}"` }));
    const reader = await openSource(address);

    await expect(reader.read(0, 5)).rejects.toThrow('changed while it was read');
  });

  it('should notice another date of the file, where there is no version', async () => {
    let second = 0;
    const good = serveRanges(bytes);
    const address = await serve((request, response) => {
      response.setHeader('last-modified', `Tue, 01 Dec 2026 00:00:0${second++} GMT`);
      good(request, response);
    });
    const reader = await openSource(address);

    await expect(reader.read(0, 5)).rejects.toThrow('changed while it was read');
  });

  it('should say why there is no answer', async () => {
    const address = await serve((request) => request.socket.destroy());

    await expect(openSource(address)).rejects.toThrow(FileError);
    await expect(openSource('http://127.0.0.1:1/a')).rejects.toThrow(
      /127\.0\.0\.1:1\/a \(\S.+\)\./,
    );
  });

  it('should stop waiting when it is aborted', async () => {
    const reason = new Error('enough');
    const controller = new AbortController();
    const good = serveRanges(bytes);
    const address = await serve((request, response) => {
      if (rangeOf(request)[0] === 0) good(request, response);
      else controller.abort(reason);
    });
    const reader = await openSource(address, { signal: controller.signal });

    await expect(reader.read(5, 10)).rejects.toBe(reason);
    await expect(reader.read(0, 1)).rejects.toBe(reason);
    await expect(openSource(address, { signal: controller.signal })).rejects.toBe(reason);
  });

  it.each(['ftp://a/b', 'data:,x'])('should refuse %s', async (address) => {
    await expect(openSource(new URL(address))).rejects.toThrow(InvalidOptionError);
  });
});
