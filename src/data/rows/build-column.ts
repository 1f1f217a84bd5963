import type { Data } from 'apache-arrow';
import type { ColumnPlace } from './misfit.js';

/** Turns values, null and undefined among them, into an array of one type. */
export type BuildColumn = (values: readonly unknown[], place: ColumnPlace) => Data;
