/** Tries the recipe for uploads of CSV, with a form as browsers send it. Prints what was seen as JSON; fails where it does not hold. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { fitModel, readCsvBatches } from 'gan-augment';
import { serveUploads } from '../csv-upload.js';

const rows = 3000;
const lines = Array.from(
  { length: rows },
  (_, k) => `${k};"kind ""${k % 3}""";${k % 5 ? k / 7 : ''}`,
);
const header = 'n;kind;x';
const csv = `${[header, ...lines].join('\n')}\n`;

const batches = [];
for await (const batch of readCsvBatches(Buffer.from(csv))) batches.push(batch);
const schema = batches[0]?.schema;
if (!schema) throw new Error('no batches');
const model = await fitModel(schema, batches, { steps: 20 });
const server = serveUploads({ ratio: 0.3, model, seed: 1 });
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
try {
  const answer = await upload(csv, '?ratio=0.5');
  assert.equal(answer.status, 200);
  const [first, ...answered] = (await answer.text()).trimEnd().split(/\r?\n/);
  assert.equal(first, 'n,kind,x,synthetic');
  const real = answered.filter((line) => line.endsWith(',false'));
  assert.equal(real.length, rows);
  assert.equal(answered.length, 2 * rows);
  assert.deepEqual(
    real.map((line) => line.split(',')[0]),
    lines.map((line) => line.split(';')[0]),
  );

  const wrong = await upload('n;kind;x\n1;"never closed;2\n');
  assert.equal(wrong.status, 400);
  assert.match(await wrong.text(), /orders\.csv .*a quote is opened and never closed/);
  const other = await upload('a,b\n1,2\n');
  assert.equal(other.status, 400);
  assert.match(await other.text(), /other columns than the stream has/);

  const server = 'busboy, and a form of fetch';
  const synthetic = answered.length - real.length;
  console.log(JSON.stringify({ server, real: real.length, synthetic }));
} finally {
  server.close();
}

function upload(text: string, search = ''): Promise<Response> {
  const form = new FormData();
  form.append('note', 'before the file');
  form.append('file', new Blob([text], { type: 'text/csv' }), 'orders.csv');
  return fetch(`${address}/${search}`, { method: 'POST', body: form });
}
