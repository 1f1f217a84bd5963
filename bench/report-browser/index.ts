/**
 * Looks at reports in a real browser: `npm run bench -- report-browser`. A table, digits, a table of hostile
 * names and a wide one, each in a wide window, on a phone of 390 pixels, in the dark and as on paper: no
 * requests, no errors, no content outside of the window or of its picture, and what axe looks for: accessible
 * names, contrast and the rest of WCAG 2.2. `--pictures DIRECTORY` keeps screenshots, `--keep DIRECTORY` the
 * pages. It takes Chromium or Chrome, on the path or as `CHROME` says, and fails where there is none.
 */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { findBrowser, type Page, withPage } from './browser.js';
import { findClipped, runAxe, searchColumns } from './look.js';
import { makePages } from './pages.js';

/** How a page is looked at. */
interface View {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly isDark?: boolean;
  readonly isPrint?: boolean;
}

const views: readonly View[] = [
  { name: 'desktop', width: 1200, height: 1500 },
  { name: 'phone', width: 390, height: 844 },
  { name: 'dark', width: 1200, height: 1500, isDark: true },
  { name: 'print', width: 794, height: 1123, isPrint: true },
];

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      pictures: { type: 'string' },
      keep: { type: 'string' },
      only: { type: 'string' },
    },
  });
  const browser = findBrowser();
  if (browser === undefined) {
    console.error(
      'nothing was looked at: there is no Chromium or Chrome on the path, nor in CHROME',
    );
    process.exitCode = 1;
    return;
  }
  const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  const directory = values.keep ?? (await mkdtemp(join(tmpdir(), 'reports-')));
  await mkdir(directory, { recursive: true });
  if (values.pictures !== undefined) await mkdir(values.pictures, { recursive: true });
  let wrong = 0;
  try {
    for await (const { name, html } of makePages(values.only?.split(','))) {
      const file = join(directory, `${name}.html`);
      await writeFile(file, html);
      for (const view of views) {
        const picture = values.pictures && join(values.pictures, `report-${name}-${view.name}.png`);
        const problems = await withPage(browser, (page) => look(page, file, view, axe, picture));
        console.log(`${name}, ${view.name}: ${problems.length === 0 ? 'nothing wrong' : ''}`);
        for (const problem of problems.slice(0, 12)) console.log(`  ${problem}`);
        wrong += problems.length;
      }
    }
  } finally {
    if (values.keep === undefined) await rm(directory, { recursive: true });
  }
  console.log(wrong === 0 ? 'nothing wrong anywhere' : `${wrong} things are wrong`);
  if (wrong > 0) process.exitCode = 1;
}

/** Opens a page in a view, and says what is wrong with it. */
async function look(
  page: Page,
  file: string,
  { name, width, height, isDark, isPrint }: View,
  axe: string,
  picture: string | undefined,
): Promise<string[]> {
  const { send, events, evaluate } = page;
  for (const domain of ['Page', 'Runtime', 'Network', 'Log']) await send(`${domain}.enable`);
  const isPhone = width < 500;
  await send('Emulation.setDeviceMetricsOverride', {
    ...{ width, height, deviceScaleFactor: 1, mobile: isPhone },
  });
  await send('Emulation.setEmulatedMedia', {
    media: isPrint ? 'print' : 'screen',
    features: [{ name: 'prefers-color-scheme', value: isDark ? 'dark' : 'light' }],
  });
  const url = pathToFileURL(file).href;
  await send('Page.navigate', { url });
  await until(() => events.some(({ method }) => method === 'Page.loadEventFired'));
  const clipped = await evaluate<string[]>(findClipped);
  const searched =
    name === 'desktop' && file.includes('wide') ? await evaluate<string[]>(searchColumns) : [];
  if (picture !== undefined) {
    const { data } = await send('Page.captureScreenshot', { format: 'png' });
    // Few colours are enough for a page, and a fraction of the bytes.
    await writeFile(
      picture,
      await sharp(Buffer.from(data, 'base64'))
        .png({ palette: true, colours: 64, effort: 10 })
        .toBuffer(),
    );
  }
  await evaluate(`${axe}; 0`);
  const violations = await evaluate<string[]>(runAxe);
  const told = events.flatMap(({ method, params }) => {
    if (method === 'Network.requestWillBeSent') {
      const asked: string = params.request.url;
      return asked === url || asked.startsWith('data:') ? [] : [`it asks for ${asked}`];
    }
    if (method === 'Runtime.exceptionThrown') return [`it throws ${params.exceptionDetails.text}`];
    if (method === 'Log.entryAdded') return [`the browser says: ${params.entry.text}`];
    return [];
  });
  return [...told, ...clipped, ...searched, ...violations];
}

async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise((resolve) => setTimeout(resolve, 20));
}
