/**
 * Where code is written: files on any file system the editor can open, and new files. Not recorded on purpose:
 * notebook cells, the output panel, settings, comments, diffs' other side and version control's virtual documents.
 */
export const recordedSchemes: readonly string[] = [
  "file",
  "untitled",
  "vscode-vfs",
  "vscode-remote",
  "memfs",
];
