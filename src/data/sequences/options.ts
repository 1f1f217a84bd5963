import { either, listOf, object } from '../../options/composed.js';
import { about, required, type ShapeOf } from '../../options/option.js';
import { abortSignal, oneOf, text, wholeNumber } from '../../options/values.js';

/** Which rows belong together, and in which order they lie. */
export interface EntityOptions {
  /** The column, or columns, whose value names an entity: 'device'. Its rows must lie together. */
  readonly by: string | readonly string[];
  /**
   * The column that orders the rows of an entity: numbers, dates or times. It is checked, not sorted by:
   * rows are never reordered. Default: rows are taken in the order in which they come.
   */
  readonly orderBy?: string | undefined;
  /**
   * Columns that have one value in each entity, besides those of `by`. Default: those that are constant
   * in each entity of the first 65,536 rows.
   */
  readonly attributes?: readonly string[] | undefined;
}

/** How a long table becomes rows of sequences. */
export interface GroupOptions extends EntityOptions {
  /** Rows of an entity at most: all of them are held in memory at once. Default 100,000. */
  readonly maximumLength?: number | undefined;
  /** Stops the work; it ends with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** How a long table is taken for rows of sequences on the way. */
export type SequenceOptions = Omit<GroupOptions, 'signal'>;

/** How long series are cut into windows. */
export interface WindowOptions extends Omit<EntityOptions, 'by'> {
  /** Rows of a window. */
  readonly length: number;
  /** Rows from the start of a window to that of the next one. Default: `length`, so that none overlap. */
  readonly step?: number | undefined;
  /** The column, or columns, that name an entity. Default: all rows are one long series. */
  readonly by?: string | readonly string[] | undefined;
  /** What becomes of last rows that are too few for a window. Default 'drop'. */
  readonly rest?: 'drop' | 'keep' | undefined;
  /** Stops the work; it ends with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** How rows of sequences become a long table. */
export interface UngroupOptions {
  /** Stops the work; it ends with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

const column = text('the name of a column');
const columns = listOf(column, 'names of columns', { least: 1 });

/** The options that say which rows belong together. */
export const entityShape: ShapeOf<EntityOptions> = {
  by: about(
    'the column that names an entity, whose rows lie together',
    required(either([column, columns], 'the name of a column, or names of columns')),
  ),
  orderBy: about('the column that orders the rows of an entity', column),
  attributes: about(
    'columns that have one value in each entity (default: those that do)',
    listOf(column, 'names of columns'),
  ),
};

const sequenceShape: ShapeOf<SequenceOptions> = {
  ...entityShape,
  maximumLength: about('rows of an entity at most (default: 100000)', wholeNumber({ from: 1 })),
};

/** The option `sequence` of what works on streams. */
export const sequenceOption = about(
  'take the rows of each entity of a long table as one sequence',
  object<SequenceOptions>(sequenceShape),
);

/** The options of `groupSequences`. */
export const groupOptions = object<GroupOptions>({ ...sequenceShape, signal: abortSignal() });

/** The options of `windows`. */
export const windowOptions = object<WindowOptions>({
  ...entityShape,
  by: about(
    'the column that names an entity (default: all rows are one series)',
    either([column, columns], 'the name of a column, or names of columns'),
  ),
  length: about('rows of a window', required(wholeNumber({ from: 1 }))),
  step: about('rows from window to window (default: its length)', wholeNumber({ from: 1 })),
  rest: about('what becomes of last rows that are too few', oneOf(['drop', 'keep'])),
  signal: abortSignal(),
});

/** The options of `ungroupSequences`. */
export const ungroupOptions = object<UngroupOptions>({ signal: abortSignal() });
