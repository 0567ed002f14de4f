/** Files that are Kept's alone in another tool's folder: a plugin, or a script. */

/** By it Kept knows its own again, of whatever version. */
export const ownMark = 'Part of Kept. "kept disconnect" takes it out again.';

export function isOwnFile(text: string): boolean {
  return text.slice(0, 200).includes(ownMark);
}

/** What a plugin tells Kept by, in the tool's own process: it waits for nothing and throws nothing. */
export function pluginTelling(shim: string, tool: string): string {
  return `const tell = (said) => {
  try {
    const child = spawn(${JSON.stringify(shim)}, [${JSON.stringify(tool)}], {
      stdio: ["pipe", "ignore", "ignore"],
      detached: true,
      shell: process.platform === "win32",
    });
    child.on("error", () => {});
    child.stdin.on("error", () => {});
    child.stdin.end(JSON.stringify(said));
    child.unref();
  } catch {
    // Kept is never in the way.
  }
};`;
}
