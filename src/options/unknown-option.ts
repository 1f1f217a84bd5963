import { closestName } from './closest-name.js';
import { describeValue } from './describe-value.js';
import type { AnyOption, Shape } from './option.js';

/** The description that options are held against as a whole. */
export interface OptionRoot {
  readonly top: AnyOption;
  /** Path of the whole. */
  readonly prefix: string;
}

/** Share of a name that may be mistyped for another to be suggested. */
const mostMistyped = 0.5;

/** Says of an option that is not known where it belongs, what it may be a slip of, or what there is. */
export function unknownOption(
  path: string,
  value: unknown,
  shape: Shape,
  root: OptionRoot,
): string {
  const name = lastOf(path);
  const remedy =
    homeOf(name, root) ?? slipOf(name, path, shape, root) ?? `Options: ${listed(shape)}`;
  return `option '${path}' is not known: ${describeValue(value)}. ${remedy}`;
}

function homeOf(name: string, { top, prefix }: OptionRoot): string | undefined {
  const homes = pathsOf(top, prefix).filter((each) => lastOf(each) === name);
  if (homes.length === 0) return undefined;
  const parents = homes.map(parentOf);
  if (parents.includes(prefix)) return `It belongs at the top: ${name}, beside the others`;
  return `It belongs in ${parents.map((each) => `'${each}'`).join(' or ')}: ${parents[0]}: { ${name}: … }`;
}

function slipOf(name: string, path: string, shape: Shape, root: OptionRoot): string | undefined {
  const near = closestName(name, Object.keys(shape), mostMistyped);
  if (near !== undefined) return `Did you mean '${joinPath(parentOf(path), near)}'?`;
  const others = pathsOf(root.top, root.prefix);
  const far = closestName(name, others.map(lastOf), mostMistyped);
  const place = others.find((each) => lastOf(each) === far);
  return place === undefined ? undefined : `Did you mean '${place}'?`;
}

const listed = (shape: Shape) => Object.keys(shape).join(', ') || 'none';
const lastOf = (path: string) => path.slice(path.lastIndexOf('.') + 1);
const parentOf = (path: string) => path.slice(0, Math.max(path.lastIndexOf('.'), 0));

/** The path of an option in what has a path itself, or is the whole. */
export const joinPath = (path: string, name: string) => (path === '' ? name : `${path}.${name}`);

/** The paths of all options of a description, those outside first. */
function pathsOf(option: AnyOption, path: string): string[] {
  const shapes: Shape[] = [option, ...(option.alternatives ?? [])].flatMap(({ shape }) =>
    shape === undefined ? [] : [shape],
  );
  const entries = shapes.flatMap((shape) => Object.entries<AnyOption>(shape));
  return [
    ...entries.map(([name]) => joinPath(path, name)),
    ...entries.flatMap(([name, each]) => pathsOf(each, joinPath(path, name))),
  ];
}
