/** Why something was not recorded, for people: one sentence for each name that is counted. */
export const dropSentences: Readonly<Partial<Record<string, string>>> = {
  "batch.refused": "A group of edits could not be stored, because of a mistake of Kept's.",
  "change.withoutDocument": "A change came for a document that was not open.",
  "commit.notRead": "Git did not say what is in a commit.",
  "commit.tooLong": "A commit has more files than one person writes.",
  "edit.forgotten": "An edit was about data that you had deleted.",
  "edit.fromGit": "A change on disk came from git, and is nobody's edit here.",
  "gap.notFollowed": "An edit was made while Kept was not running, and cannot be found in the text.",
  "handler.failed": "A message could not be taken in, because of a mistake of Kept's.",
  "hook.failed": "What hooks of tools left could not be taken in, because of a mistake of Kept's.",
  "hook.malformed": "What a hook of a tool left was not understood.",
  "hook.noRoom": "What a hook of a tool wanted to leave found no room, because too much waited to be read.",
  "hook.tooOld": "What a hook of a tool left had waited for a day, because its folder was open in no window.",
  "keeper.failed": "A timer failed, because of a mistake of Kept's.",
  "message.malformed": "A message from the editor did not have the agreed form.",
  "movement.missed": "Some of what git did could not be read.",
  "note.notWritten": "Git did not take a note of which lines of a commit AI wrote.",
  "observation.malformed": "What the editor knew of an edit did not have the agreed form.",
  "observation.overflow":
    "What the editor knew of an edit was given up, because too much waited to be stored.",
  "observation.withoutChange": "The editor told of an edit that never came.",
  "panel.malformed": "A message from the panel did not have the agreed form.",
  "record.failed": "What tools record could no longer be read, because of a mistake of Kept's.",
  "record.malformed": "A record of a tool's was not understood.",
  "record.outside": "A tool told of an edit that a link leads out of the workspace.",
  "record.unclear":
    "A tool told of an edit, and an edit of nobody's is recorded at that time, of which nobody can say whether it is the same.",
  "request.overflow":
    "Requests to models that a tool recorded were given up, because too many waited to be stored.",
  "sample.givenUp": "An edit was no longer followed, because too many were at once.",
  "sample.textLost": "What was left of an edit could not be told, because its text could not be followed.",
  "sample.unreadable": "What was left of an edit could not be told, because its file could not be read.",
  "server.malformed": "A message from Kept's language server did not have the agreed form.",
  "spool.full": "An edit found no room beside the database of a newer Kept.",
  "sync.malformed": "A document came in another form than the agreed one.",
  "sync.notSent": "Sums for your organisation were given up, because they could not be sent for too long.",
  "sync.tooMany":
    "An edit or a request was not counted for your organisation, because more than 50,000 waited to be sent.",
  "sync.tooOld":
    "An edit was not counted for your organisation, because nothing could be sent for three weeks.",
  "telemetry.crowded":
    "Too many connections waited at once without saying which tool they are of, and the oldest was ended.",
  "telemetry.failed": "What a tool sent could not be taken in, because of a mistake of Kept's.",
  "telemetry.malformed": "What a tool sent did not have the agreed form, or was too long.",
  "telemetry.notStored":
    "A request that a tool told of could not be stored, because the database was held for too long.",
  "telemetry.notUnderstood": "An event that a tool sent was not understood.",
  "telemetry.refused":
    "Something tried to send telemetry without the token of a tool, from a page in a browser, or to another address.",
};

/** A name that has no sentence is one of another version: it is shown as it is. */
export function dropWords(name: string): string {
  return (Object.hasOwn(dropSentences, name) ? dropSentences[name] : undefined) ?? name;
}
