interface Folder {
  readonly uri: string;
}

/** The window's workspace folders, and which of them a document lies in. */
export class WorkspaceFolders {
  #uris: string[];

  constructor(folders: readonly Folder[]) {
    this.#uris = folders.map(({ uri }) => uri);
  }

  get uris(): readonly string[] {
    return this.#uris;
  }

  /** The innermost folder the document lies in, or null. */
  of(uri: string): string | null {
    const around = this.#uris.filter((folder) => uri === folder || uri.startsWith(withSlash(folder)));
    return around.sort((left, right) => right.length - left.length)[0] ?? null;
  }

  /** Takes a `workspace/didChangeWorkspaceFolders` notification. */
  change(params: unknown): void {
    const event = (params as { event?: { added?: Folder[]; removed?: Folder[] } }).event;
    const removed = new Set(event?.removed?.map(({ uri }) => uri));
    this.#uris = [
      ...this.#uris.filter((uri) => !removed.has(uri)),
      ...(event?.added ?? []).map(({ uri }) => uri),
    ];
  }
}

function withSlash(folder: string): string {
  return folder.endsWith("/") ? folder : `${folder}/`;
}
