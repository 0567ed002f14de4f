/**
 * Takes the place of d3-interpolate in the panel's bundle. Its scales go between numbers alone; the library also goes
 * between colours, dates and texts, which is a twentieth of the whole panel.
 */
export function interpolateNumber(from: number, to: number): (at: number) => number {
  return (at) => from * (1 - at) + to * at;
}

export function interpolateRound(from: number, to: number): (at: number) => number {
  return (at) => Math.round(from * (1 - at) + to * at);
}

// The last is asked for by scales that the panel has none of.
export { interpolateNumber as interpolate, interpolateNumber as piecewise };
