import { escapeHtml } from '../escape.js';

/** A part of the page. */
export interface Section {
  readonly id: string;
  readonly title: string;
  readonly html: string;
}

/** A part of the page with a title. */
export function section(id: string, title: string, ...content: readonly string[]): Section {
  const html = `<section id="${id}"><h2>${escapeHtml(title)}</h2>\n${content.join('\n')}\n</section>`;
  return { id, title, html };
}

/** A table that scrolls by itself, by keys too, where it is wider than the screen. */
export function wide(html: string): string {
  return `<div class="wide" role="group" aria-label="a table, which may scroll sideways" tabindex="0">${html}</div>`;
}
