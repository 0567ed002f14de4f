/**
 * Takes the place of d3-format in the panel's bundle. Its scales have functions that write numbers; the panel writes them
 * in the words of its own language, and calls none.
 */
function unwritten(): never {
  throw new Error("The panel's scales write no numbers.");
}

export {
  unwritten as format,
  unwritten as formatPrefix,
  unwritten as formatSpecifier,
  unwritten as precisionFixed,
  unwritten as precisionPrefix,
  unwritten as precisionRound,
};
