import { closeSync, constants, fstatSync, openSync, readSync, statSync } from "node:fs";

const noFile = "it is no regular file";
const pieceBytes = 64 * 1024;

/** Opens a file for reading, and nothing that only looks like one: whoever opens a pipe waits, and a device never ends. */
export function openRegularFile(file: string): number {
  if (!statSync(file).isFile()) throw new Error(noFile);
  // Something else may have taken its place since then. So it is opened without waiting, which Windows does not know.
  const handle = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  if (fstatSync(handle).isFile()) return handle;
  closeSync(handle);
  throw new Error(noFile);
}

/** All of a file. Throws where there is none, where it is something else, and where it is too long, also by growing. */
export function readRegularFile(file: string, mostBytes: number): Buffer {
  const handle = openRegularFile(file);
  try {
    const { size } = fstatSync(handle);
    if (size > mostBytes) throw new Error(`it has ${size} bytes; ${mostBytes} is the most`);
    const pieces: Buffer[] = [];
    let length = 0;
    for (;;) {
      // One byte more than is expected shows whether it ends there.
      const piece = Buffer.allocUnsafe(length === 0 ? size + 1 : pieceBytes);
      const bytes = readSync(handle, piece, 0, piece.length, null);
      if (bytes === 0) return Buffer.concat(pieces, length);
      length += bytes;
      if (length > mostBytes) throw new Error(`it has more than ${mostBytes} bytes`);
      pieces.push(piece.subarray(0, bytes));
    }
  } finally {
    closeSync(handle);
  }
}
