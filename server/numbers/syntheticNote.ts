/** Name of the note that says the history was made up for a demonstration. */
export const syntheticNote = "synthetic";
