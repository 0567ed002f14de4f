export type Journal = "wal" | "delete";

/**
 * A write-ahead log lets windows read while one writes. Before 3.51.3 SQLite could lose commits when several
 * processes wrote and moved the log into the database, and on a network file system the log's shared memory does not
 * work: there the old rollback journal is used, which is slower and sound.
 */
export function chooseJournal(place: {
  readonly sqliteVersion: string;
  readonly onNetwork: boolean;
}): Journal {
  return !place.onNetwork && isAtLeast(place.sqliteVersion, [3, 51, 3]) ? "wal" : "delete";
}

/** What `statfs` calls the file systems that reach another machine, on Linux. */
const networkFileSystems = new Set([
  0x6969, // NFS
  0x517b, // SMB
  0xff534d42, // CIFS
  0xfe534d42, // SMB 2
  0x01021997, // 9P, as between Windows and WSL
  0x5346414f, // AFS
  0x00c36400, // Ceph
  0x65735546, // FUSE, as sshfs
]);

export function isNetworkFolder(place: {
  readonly platform: string;
  readonly folder: string;
  /** `statfs`'s number of the file system. */
  readonly fileSystem: number;
}): boolean {
  if (place.platform === "win32") return place.folder.startsWith("\\\\");
  return place.platform === "linux" && networkFileSystems.has(place.fileSystem);
}

function isAtLeast(version: string, needed: readonly number[]): boolean {
  const parts = version.split(".").map(Number);
  for (const [index, number] of needed.entries()) {
    const part = parts[index] ?? 0;
    if (part !== number) return part > number;
  }
  return true;
}
