import { nameInNotes } from "../tools/toolName.ts";
import type { GitAiNote } from "./gitAiNote.ts";
import { shared, type LineRange } from "./lineRanges.ts";

/** What is known of an edit whose lines are in a commit. */
export interface NotedEdit {
  readonly tool: string;
  readonly model: string | undefined;
  /** The tool's own name of its conversation. */
  readonly session: string | undefined;
}

export interface CommittedForNote {
  readonly writer: string;
  readonly commit: string;
  readonly files: readonly {
    readonly path: string;
    /** Lines that the commit brought. What was there before is told of by the commits that brought it. */
    readonly added: readonly LineRange[];
    readonly ranges: readonly (LineRange & { readonly editId: string })[];
  }[];
}

const idLetters = 14;
const unknownModel = "unknown";

/**
 * The note of a commit: which of the lines that it brought which tool wrote. Undefined where no tool wrote any. `editOf`
 * gives nothing for edits that nothing is to be said of; `digest` is SHA-256 in hexadecimal.
 */
export function noteOfCommit(
  { writer, commit, files }: CommittedForNote,
  editOf: (editId: string) => NotedEdit | undefined,
  digest: (text: string) => string,
): GitAiNote | undefined {
  const sessions = new Map<
    string,
    GitAiNote["sessions"] extends ReadonlyMap<string, infer One> ? One : never
  >();
  const keyOf = (editId: string): string | undefined => {
    const edit = editOf(editId);
    if (!edit) return undefined;
    const [tool, model] = [nameInNotes(edit.tool), edit.model ?? unknownModel];
    // Of one model each: a session that no tool named would else be of several.
    const id = edit.session ?? `kept-${digest(`${tool} ${model}`).slice(0, 8)}`;
    const session = `s_${digest(`${tool}:${id}`).slice(0, idLetters)}`;
    const known = sessions.get(session);
    if (!known || known.model === unknownModel) sessions.set(session, { tool, id, model });
    return `${session}::t_${digest(editId).slice(0, idLetters)}`;
  };
  const noted = files.flatMap(({ path, added, ranges }) => {
    const entries = new Map<string, LineRange[]>();
    for (const { start, end, editId } of ranges) {
      const own = shared([{ start, end }], added);
      const key = own.length > 0 ? keyOf(editId) : undefined;
      if (key !== undefined) entries.set(key, [...(entries.get(key) ?? []), ...own]);
    }
    const sorted = [...entries].map(([key, own]) => ({ key, ranges: own }));
    return sorted.length > 0 ? [{ path, entries: sorted }] : [];
  });
  return noted.length === 0 ? undefined : { writer, commit, files: noted, sessions, humans: new Map() };
}
