/** Folders before the name that are shown: enough to tell files of one name apart. */
const shownFolders = 2;

/** The name of the file of an address, and the last folders before it. */
export function fileOf(uri: string): { readonly name: string; readonly folder: string } {
  const parts = uri.split("/").map(readable);
  const name = parts.at(-1) ?? uri;
  return { name: name === "" ? uri : name, folder: parts.slice(3, -1).slice(-shownFolders).join("/") };
}

/** A part that is escaped in an odd way is shown as it is. */
function readable(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
