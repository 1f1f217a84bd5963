/** Whether a time, in ms since 1970, is over; never without one. */
export function isPast(until: number | undefined): boolean {
  return until !== undefined && Date.now() >= until;
}
