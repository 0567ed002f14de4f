/** Changes of which nobody knows the maker and that follow each other within this time are looked at as one, in ms. */
export const gatherMs = 2000;
/** How many stretches of changes are remembered with their texts, for records that come later. */
const mostRemembered = 20;
const longestRemembered = 2_000_000;

/** Changes of one document that followed each other, whose maker is still to be found. */
export interface Gathered {
  readonly uri: string;
  readonly edits: string[];
  readonly isReload: boolean;
  readonly before: string;
  /** Undefined while it may go on. */
  after: string | undefined;
  readonly since: number;
  at: number;
  isExplained: boolean;
}

/** The latest changes of documents that a tool's record may yet account for. */
export class OpenChanges {
  #gathered: Gathered[] = [];

  /** Whether a document's last change may be gone on with, so that the text before the next one is needed. */
  isGathering(uri: string): boolean {
    return this.#gathered.some((each) => each.uri === uri && each.after === undefined);
  }

  /** A change by somebody unknown. */
  add(change: {
    readonly uri: string;
    readonly edit: string;
    readonly at: number;
    readonly isReload: boolean;
    readonly before: () => string;
  }): void {
    const { uri, edit, at, isReload } = change;
    const going = this.#gathered.find((each) => each.uri === uri && each.after === undefined);
    if (going && !going.isReload && !isReload && Math.abs(at - going.at) <= gatherMs) {
      if (going.edits.at(-1) !== edit) going.edits.push(edit);
      going.at = at;
      return;
    }
    const before = change.before();
    if (going) going.after = before;
    if (before.length > longestRemembered) return;
    this.#gathered.push({
      uri,
      edits: [edit],
      isReload,
      before,
      after: undefined,
      since: at,
      at,
      isExplained: false,
    });
    this.#gathered = this.#gathered.slice(-mostRemembered);
  }

  /** A change turns out to be several, one after the other. */
  divide(change: Gathered, parts: readonly Gathered[]): void {
    this.#gathered = this.#gathered.flatMap((each) => (each === change ? parts : [each]));
  }

  /** The document changes in a way that is known, or goes: what was gathered of it led to this text. */
  end(uri: string, text: string): void {
    for (const each of this.#gathered) if (each.uri === uri) each.after ??= text;
  }

  /** Documents whose changes have come to rest. */
  rested(now: number): string[] {
    return this.#gathered
      .filter(({ after, at }) => after === undefined && Math.abs(now - at) > gatherMs)
      .map(({ uri }) => uri);
  }

  /** When the next will have come to rest. */
  get restsAt(): number {
    return Math.min(
      Infinity,
      ...this.#gathered.filter(({ after }) => after === undefined).map(({ at }) => at + gatherMs + 1),
    );
  }

  /** The oldest first. */
  of(uri: string): readonly Gathered[] {
    return this.#gathered.filter((each) => each.uri === uri);
  }

  forgetBefore(at: number): void {
    this.#gathered = this.#gathered.filter((each) => each.at >= at);
  }

  clear(): void {
    this.#gathered = [];
  }
}
