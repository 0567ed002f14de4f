import { spawnSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { makeFolder } from "./folder.ts";

export interface SmallDisk {
  readonly folder: string;
  /** Takes so many bytes of it away. */
  fill(bytes: number): void;
  /** Gives them back. */
  empty(): void;
  remove(): void;
}

/** A file system of its own with so many bytes, or the reason why this machine gives none. */
export function makeSmallDisk(bytes: number): SmallDisk | { readonly why: string } {
  if (process.platform !== "linux") return { why: `${process.platform} has no tmpfs` };
  const { folder, remove } = makeFolder();
  const options = ["-t", "tmpfs", "-o", `size=${bytes},mode=0700`, "kept-org-test", folder];
  const { status, stderr, error } = spawnSync("mount", options, { encoding: "utf8" });
  if (status !== 0) {
    remove();
    return { why: error?.message ?? stderr.trim() };
  }
  const filler = path.join(folder, "filler");
  return {
    folder,
    fill: (size) => writeFileSync(filler, Buffer.alloc(size)),
    empty: () => rmSync(filler, { force: true }),
    remove: () => {
      spawnSync("umount", ["--lazy", folder]);
      remove();
    },
  };
}
