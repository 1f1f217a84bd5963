import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/** What came of one cell. */
export interface Cell {
  readonly name: string;
  readonly node: string;
  readonly network: string;
  readonly megabytes: string;
  /** The hash of what the example wrote, or what went wrong. */
  readonly result: string;
}

/** The cells that were run before, from a file that may not be there. */
export function readCells(file: string): Cell[] {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];
}

/** Keeps a cell, in place of what it was before. */
export function keepCell(file: string, cell: Cell): void {
  const others = readCells(file).filter((each) => keyOf(each) !== keyOf(cell));
  writeFileSync(file, `${JSON.stringify([...others, cell], undefined, 2)}\n`);
}

const keyOf = ({ name, node, network }: Cell) => [name, node, network].join();

/** Whether a result is a hash, not a complaint. */
export const isHash = (result: string) => /^[0-9a-f]{12}$/.test(result);

/** A row a client and network, or one for networks that are alike; a column a Node.js. */
export function cellsTable(cells: readonly Cell[], nodes: readonly string[]): string {
  const names = [...new Set(cells.map(({ name }) => name))];
  const rows = names.flatMap((name) =>
    rowsOf(
      cells.filter((cell) => cell.name === name),
      nodes,
    ),
  );
  return [
    `| client | network | ${nodes.map((node) => `Node.js ${node}`).join(' | ')} | MB |`,
    `|---|---|${nodes.map(() => '---|').join('')}---|`,
    ...rows.map(([name, network, ...rest]) => `| ${name} | ${network} | ${rest.join(' | ')} |`),
  ].join('\n');
}

function rowsOf(cells: readonly Cell[], nodes: readonly string[]): string[][] {
  const networks = [...new Set(cells.map(({ network }) => network))].sort();
  const rows = networks.map((network) => {
    const row = cells.filter((cell) => cell.network === network);
    const results = nodes.map(
      (node) => row.find((cell) => cell.node === node)?.result ?? 'not run',
    );
    return [network, ...results, rangeOf(row.map(({ megabytes }) => Number(megabytes)))];
  });
  const name = cells[0]?.name ?? '';
  const [first = [], second] = rows;
  const areAlike = second && first.slice(1, -1).join() === second.slice(1, -1).join();
  if (areAlike) return [[name, 'either', ...first.slice(1)]];
  return rows.map((row) => [name, ...row]);
}

function rangeOf(megabytes: readonly number[]): string {
  const known = megabytes.filter((each) => each > 0);
  if (known.length === 0) return '';
  const [least, most] = [Math.min(...known), Math.max(...known)];
  return least === most ? String(least) : `${least}–${most}`;
}
