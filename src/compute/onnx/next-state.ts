/** Prefix of an output that is the state's next value; its input has the bare name. */
export const nextState = 'next/';
