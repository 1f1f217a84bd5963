import { Option } from 'commander';

/** The flag that lets an output take the place of what is not replaced otherwise. @param what names it. */
export const overwriteOption = (what: string) =>
  new Option('--overwrite', `let the output take the place of ${what}`);
