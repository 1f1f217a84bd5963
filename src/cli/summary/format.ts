import { formatCell, formatTable, type TableRow } from './table.js';

/**
 * A summary for people: aligned lines first, then a paragraph for each thing that is nested; a list
 * of records is a table.
 */
export function formatSummary(summary: object): string {
  const nested = Object.entries(summary).filter(([, value]) => isNested(value));
  const paragraphs = [
    formatEntries(summary, inWords),
    ...nested.map(([key, value]) => [
      inWords(key),
      ...(isTable(value) ? formatTable(value) : formatEntries(value, formatCell)).map(indent),
    ]),
  ];
  return `${paragraphs.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

/** What is not nested, a line each. */
function formatEntries(record: object, nameKey: (key: string) => string): string[] {
  const entries = Object.entries(record)
    .filter(([, value]) => !isNested(value) && !isEmpty(value))
    .map(([key, value]) => [nameKey(key), formatCell(value)] as const);
  const width = Math.max(0, ...entries.map(([name]) => name.length));
  return entries.map(([name, text]) => `${name.padEnd(width)}  ${text}`);
}

function indent(line: string): string {
  return `  ${line}`;
}

/** 'rowGroups' as 'row groups'. Keys further in may be data, and stay as they are. */
function inWords(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function isEmpty(value: unknown): boolean {
  return value === undefined || (isObject(value) && Object.keys(value).length === 0);
}

function isNested(value: unknown): value is object {
  return isObject(value) && !isEmpty(value) && (!Array.isArray(value) || isTable(value));
}

function isTable(value: object): value is TableRow[] {
  return Array.isArray(value) && value.every(isObject);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
