/** What a table of the service holds, for whoever has to judge it. */
interface TableMeaning {
  readonly holds: string;
  /** Whether a row is about somebody, and how. */
  readonly about: string;
  readonly kept: string;
}

const untilWeekIsOver = "until every day of the week is more than 35 days past";
const asWeeks = "13 months";
const nobody = "nobody";
const aPseudonym = "a pseudonym of one week";

/** Every table there is, the ones of what people sent first. A test compares it with the database. */
export const tableMeanings: Readonly<Record<string, TableMeaning>> = {
  batch: {
    holds: "that a batch arrived: its id, its digest, how many records were stored and refused, and why",
    ...{ about: aPseudonym, kept: untilWeekIsOver },
  },
  event: {
    holds: "the records of edits as they were sent, day by day",
    ...{ about: aPseudonym, kept: untilWeekIsOver },
  },
  contribution: {
    holds: "the sums of these for a week, with the days on which there was anything, and the team",
    ...{ about: aPseudonym, kept: untilWeekIsOver },
  },
  tally_record: { holds: "ids of the other records", about: aPseudonym, kept: untilWeekIsOver },
  tally: {
    holds: "the sums of the other records for a week, and the team; no day",
    ...{ about: aPseudonym, kept: untilWeekIsOver },
  },
  person_week: {
    holds: "that a pseudonym exists, and whether its week was deleted, so that nothing of it is taken again",
    ...{ about: aPseudonym, kept: untilWeekIsOver },
  },
  claim: {
    holds:
      "that a person sends under one pseudonym in a week; what stands for the person can be made with a credential of theirs alone",
    ...{ about: aPseudonym, kept: untilWeekIsOver },
  },
  week_total: { holds: "how many batches and records a week brought", about: nobody, kept: asWeeks },
  publication: {
    holds:
      "what was published of a week, with how many joined and what arrived, and which devices, by random name, belonged to which team then",
    ...{ about: "groups of five people or more; devices by random name", kept: asWeeks },
  },
  shown_week: {
    holds: "what was published of a week about everybody",
    ...{ about: "groups of five people or more", kept: asWeeks },
  },
  shown_team: {
    holds: "the same about one team each, so that what it is shown can be read alone",
    ...{ about: "groups of five people or more", kept: asWeeks },
  },
  device: {
    holds:
      "a random name, the team, the days of joining and leaving, a hash of the credential, a random name that devices of one person share, and a key they share that only the credential opens",
    ...{ about: "a device; no name, address or machine", kept: "for as long as the service is run" },
  },
  invitation: {
    holds:
      "a hash of what was handed out, the team, how often it can still be used and until when; for a further device of a person their random name, and the key that what was handed out opens",
    ...{ about: nobody, kept: "for as long as the service is run" },
  },
  team: {
    holds: "the names of teams, and how many people each has",
    about: nobody,
    kept: "for as long as the service is run",
  },
  organisation: {
    holds: "a random name of the organisation",
    about: nobody,
    kept: "for as long as the service is run",
  },
  bundle: {
    holds: "what was signed and published to editors",
    about: nobody,
    kept: "for as long as the service is run",
  },
  prompt: {
    holds: "prompts, and which accounts wrote and approved them",
    ...{ about: "accounts of the console", kept: "for as long as the service is run" },
  },
  account: {
    holds:
      "who may open the console: name, role, the team of a team lead, and a hash of their key or of how the identity provider calls them",
    ...{ about: "accounts of the console", kept: "for as long as the service is run" },
  },
  console_session: {
    holds: "a hash of each session",
    about: "accounts of the console",
    kept: "eight hours",
  },
  console_setting: {
    holds: "what is aimed at, approved of and paid for",
    about: nobody,
    kept: "for as long as the service is run",
  },
  audit_entry: {
    holds: "what was done in the console and by commands, when and by whom",
    ...{ about: "accounts of the console", kept: "for as long as the service is run" },
  },
};
