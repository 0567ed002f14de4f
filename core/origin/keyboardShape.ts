/** One replaced stretch of an observed change. */
export interface ChangedText {
  readonly deleted: string;
  readonly inserted: string;
}

/** Code units: a word or a short line. More at once is a selection, of which nobody knows how it came to go. */
const longestDeletion = 120;

/** Spaces that one press of the Tab key makes. */
const widestTab = 8;

/** What typing one character makes where the editor closes pairs by itself. */
const closedPairs: ReadonlySet<string> = new Set(["()", "[]", "{}", "<>", '""', "''", "``", "* */"]);

/** Whether one press of a key would make this change. */
export function hasKeyboardShape({ deleted, inserted }: ChangedText): boolean {
  if (deleted.length > longestDeletion) return false;
  if (inserted === "") return deleted !== "";
  return isOneCharacter(inserted) || isNewline(inserted) || closedPairs.has(inserted) || isTab(inserted);
}

function isOneCharacter(text: string): boolean {
  return [...text].length === 1;
}

/** With the indentation the editor adds, and a second line break where Enter was pressed between two brackets. */
function isNewline(text: string): boolean {
  return /^(\r\n|\n)[ \t]*((\r\n|\n)[ \t]*)?$/.test(text);
}

function isTab(text: string): boolean {
  return text.length <= widestTab && /^ +$/.test(text);
}
