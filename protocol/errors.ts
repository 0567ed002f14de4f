import * as z from "zod";

/** What went wrong, with a code that never changes its meaning, and what the user can do about it. */
interface CatalogueEntry {
  readonly message: string;
  readonly whatToDo: string;
}

/**
 * Every error a person or a program can meet. Codes are stable: they stand in logs, documents and exit messages.
 * `{name}` in a text is replaced by the detail of that name.
 */
export const errorCatalogue = {
  "runtime.tooOld": {
    message: "This runtime is too old for Kept's database: Node-API {napi}, and 10 is needed.",
    whatToDo:
      "Update the editor to version 1.101 or later. Until then Kept keeps this session's numbers in memory.",
  },
  "store.cannotOpen": {
    message: "The database in {folder} could not be opened: {reason}.",
    whatToDo: "Check that the folder can be written and the disk is not full, then restart Kept.",
  },
  "store.corrupt": {
    message: "The database was damaged. {salvaged} rows were saved, {lost} tables were lost in part.",
    whatToDo: "Nothing needs to be done. The damaged file is kept beside the new one as {file}.",
  },
  "store.newer": {
    message: "The database was written by a newer Kept (format {found}, this one knows {known}).",
    whatToDo:
      "Update Kept in this editor. Until then its edits wait in a file beside the database, up to 8 MB, and the numbers are read only.",
  },
  "store.forgetNewer": {
    message: "The database belongs to a newer Kept, so nothing can be deleted from it in part.",
    whatToDo: "Update Kept and delete again, or delete everything, which also works now.",
  },
  "policy.malformed": {
    message: "{file} cannot be read: {reason}. Nothing in that folder is recorded.",
    whatToDo:
      "Correct the file; docs/policy.md says what may stand in it. Kept reads it again when it changes.",
  },
  "ownFolder.cannotUse": {
    message: "The folder for your own numbers, {folder}, cannot be used: {reason}.",
    whatToDo:
      "Correct the setting kept.ownFolder, or see that the folder is there. Kept tries again every minute.",
  },
  "ownFolder.notCleaned": {
    message: "The numbers were deleted here, but not from this machine's file in kept.ownFolder.",
    whatToDo: "See that the folder can be written and delete again, or delete the file yourself.",
  },
  "store.full": {
    message: "The database could not be written: {reason}.",
    whatToDo: "Free some disk space. Kept goes on by itself and keeps the latest edits in memory meanwhile.",
  },
  "server.crashed": {
    message: "Kept's language server stopped {count} times within three minutes and was not started again.",
    whatToDo: "Choose Restart, or Show log to see why it stopped.",
  },
  "server.cannotStart": {
    message: "Kept's language server could not be started: {reason}.",
    whatToDo: "Choose Restart, or Show log to see the reason.",
  },
  "server.notRunning": {
    message: "Kept's language server is not running.",
    whatToDo: "Choose Restart in the status bar item of Kept.",
  },
  "request.invalid": {
    message: "A message did not have the agreed form: {reason}.",
    whatToDo: "Reload the window so that all parts of Kept have one version.",
  },
  "request.failed": {
    message: "A request failed: {reason}.",
    whatToDo: "Try again. If it goes on, report what Kept's log says.",
  },
  "request.timedOut": {
    message: "A request got no answer within {seconds} seconds.",
    whatToDo: "Try again, or choose Restart.",
  },
  "connect.refused": {
    message: "{file} was left as it is: {reason}.",
    whatToDo: "Put the file right in its own tool, or connect by hand as docs/agents.md says.",
  },
  "sync.noCompanion": {
    message: "No code for another machine could be made: {reason}.",
    whatToDo: "See Data in Kept's panel for how sharing stands, and try again when the organisation answers.",
  },
  "sync.invitationUnusable": {
    message: "The invitation cannot be used: {reason}.",
    whatToDo: "Copy the whole text again, or ask whoever sent it for another one.",
  },
  "settings.invalid": {
    message: "The setting {setting} has a value that cannot be used: {reason}.",
    whatToDo: "The default is used instead. Correct the setting.",
  },
  "settings.entriesInvalid": {
    message: "The setting {setting} has entries that cannot be used: {reason}.",
    whatToDo: "The other entries hold. Correct these.",
  },
  "input.invalid": {
    message: "{what}: {reason}.",
    whatToDo: "Correct the input and run the command again.",
  },
} as const satisfies Record<string, CatalogueEntry>;

export type ErrorCode = keyof typeof errorCatalogue;

export const errorCodeSchema = z.enum(Object.keys(errorCatalogue) as [ErrorCode, ...ErrorCode[]]);

/** An error as it crosses a border: the code and its details. Local only: details may name the user's own files. */
export const problemSchema = z.strictObject({
  code: errorCodeSchema,
  details: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type Problem = z.infer<typeof problemSchema>;

/** The texts of a problem, with its details filled in. */
export function describeProblem(problem: Problem): CatalogueEntry {
  const entry = errorCatalogue[problem.code];
  return { message: fill(entry.message, problem), whatToDo: fill(entry.whatToDo, problem) };
}

function fill(text: string, { details }: Problem): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(details[name] ?? "?"));
}

/** The answer to a request: it can always be a failure, and the failure always reaches the asker. */
export type Reply<Value> = { ok: true; value: Value } | { ok: false; problem: Problem };

export function replySchema<Value extends z.ZodType>(value: Value) {
  return z.discriminatedUnion("ok", [
    z.strictObject({ ok: z.literal(true), value }),
    z.strictObject({ ok: z.literal(false), problem: problemSchema }),
  ]);
}

/** Why a value has the wrong form, in one line. */
export function whyInvalid(error: z.ZodError): string {
  return error.issues
    .slice(0, 3)
    .map((issue) => `${issue.path.join(".") || "value"}: ${issue.message}`)
    .join("; ");
}

/** The reason an unknown thrown thing gives. */
export function reasonOf(thrown: unknown): string {
  const reason = thrown instanceof Error ? thrown.message : String(thrown);
  // It stands inside a sentence.
  return reason.replace(/[.\s]+$/, "");
}
