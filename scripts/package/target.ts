/** The platforms a package is made for, as the Marketplace names them, and the database binary each one needs. */
export const nativeBinaryOf = {
  "linux-x64": "linux-x64.node",
  "linux-arm64": "linux-arm64.node",
  "alpine-x64": "linuxmusl-x64.node",
  "alpine-arm64": "linuxmusl-arm64.node",
  "darwin-x64": "darwin-x64.node",
  "darwin-arm64": "darwin-arm64.node",
  "win32-x64": "win32-x64.node",
  "win32-arm64": "win32-arm64.node",
} as const;

export type Target = keyof typeof nativeBinaryOf;

export const targets = Object.keys(nativeBinaryOf) as Target[];

export function isTarget(name: string): name is Target {
  return Object.hasOwn(nativeBinaryOf, name);
}

/** The one for the machine this runs on. */
export function targetOfThisMachine(): Target {
  const platform = process.platform === "linux" && usesMusl() ? "alpine" : process.platform;
  const name = `${platform}-${process.arch}`;
  if (!isTarget(name)) throw new Error(`There is no package for ${name}, only for ${targets.join(", ")}.`);
  return name;
}

function usesMusl() {
  const report = process.report.getReport() as { header: { glibcVersionRuntime?: string } };
  return report.header.glibcVersionRuntime === undefined;
}
