/** The losses of a step, as in 'critic 0.50, generator -1.25'. */
export function lossesInWords(losses: Readonly<Record<string, number>>): string {
  return Object.entries(losses)
    .map(([name, loss]) => `${name} ${loss.toFixed(2)}`)
    .join(', ');
}
