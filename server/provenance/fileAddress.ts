import { realpathSync } from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/**
 * The addresses under which an editor may have opened a file, likeliest first: editors differ in what they escape,
 * and a path may lead over a link.
 */
export function addressesOfFile(file: string): string[] {
  const absolute = path.resolve(file);
  const paths = new Set([absolute, realPath(absolute)]);
  return [...new Set([...paths].flatMap((one) => [editorAddress(one, path.sep), pathToFileURL(one).href]))];
}

/** The file an address stands for; undefined where it stands for none on this machine. */
export function fileOfAddress(address: string): string | undefined {
  if (!address.startsWith("file:")) return undefined;
  try {
    return fileURLToPath(address);
  } catch {
    return undefined;
  }
}

/** As VS Code writes it: everything escaped but letters, digits and `-._~/`, a drive letter in lower case. */
export function editorAddress(absolute: string, separator: string): string {
  const slashed = absolute.split(separator).join("/");
  const isShare = slashed.startsWith("//");
  const rooted = isShare ? slashed : `/${slashed.replace(/^\//, "")}`;
  const lowered = rooted.replace(/^\/[A-Z]:/, (drive) => drive.toLowerCase());
  return isShare ? `file:${escaped(lowered)}` : `file://${escaped(lowered)}`;
}

function escaped(slashed: string): string {
  return slashed
    .split("/")
    .map((part) =>
      encodeURIComponent(part).replace(
        /[!'()*]/g,
        (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
      ),
    )
    .join("/");
}

function realPath(file: string): string {
  try {
    return realpathSync.native(file);
  } catch {
    return file;
  }
}
