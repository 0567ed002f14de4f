import type * as z from "zod";
import { dayEventSchema, limits, resourceSchema } from "../../protocol/collector.ts";
import { membershipSchema } from "../../protocol/enrolment.ts";
import { recorded } from "../../protocol/events.ts";
import { fields } from "../../protocol/field.ts";
import { privacyOfService } from "./privacyOfService.ts";
import { tallies, tallyNames } from "../../protocol/tallies.ts";

const head = `<!-- Generated from protocol/ and org/ by \`npm run generate\`. Do not edit. -->

# For works councils and security

What an organisation gets from Kept, what it can never get, and why that can be believed. The tables of fields are made
from the same declarations that the programs check each message against, so they cannot fall behind.

## In short

- **What is it for?** To see what becomes of text that AI writes, and to give advice. It is not made for judging anybody, and
  no number in it is about one person.
- **What leaves a machine?** Counts, of days that are over, after the person was shown every field and agreed to all of them:
  never code, prompts, file names, repositories, names of people or machines, or times of day. The tables below are all of it.
- **Who sees what?** Each person sees their own numbers, on their own machine. Everybody else sees sums about five people or
  more, once a week is over, with small groups hidden. There is no list of people, for administrators either.
- **Does anybody learn who took part?** Not from Kept, if teams are invited together (see the end of this page). How many of a team take part is told only where five do and five do not, once a week, and
  not of a week in which fewer than five joined or left. Joining is each person's own act and leaving needs no reason; who does neither misses only the team's numbers and prompts.
- **Can it be undone?** Leaving deletes at the organisation what was sent. What is in a published sum stays in the sum.
- **Can advice be used to watch?** A prompt is shown or not by the machine alone. The organisation gets back counts, again
  about five people or more, and never who was shown it, followed it or refused it.
- **How would one notice misuse?** Everything that administrators do is written down, and everybody who joined can read it.

Kept is off the wire until a person joins an organisation on their own machine. Nobody can switch sending on for somebody
else: not a setting, not a policy, not a workspace. What was recorded before joining is never sent.`;

const cannot = `## What nobody can do, administrators included

| nobody can | because | tried by |
|---|---|---|
| see one person's numbers | the service has no names; numbers are about groups of five people or more, and the five is compiled in: a setting can only raise it | \`test/unit/core/protection\`, \`test/privacy/protection.test.ts\` |
| work out a small group by subtracting what is shown | hidden cells have others hidden beside them, and a separate proof that shares no code with the hiding must pass before a week is shown | the same, with \`core/protection/audit.ts\` taken apart mutation by mutation |
| compare a team before and after somebody joined or left, or see when somebody joins | weeks are published whole, once, and frozen, with how many joined; a team that few joined or left stays hidden until more did | \`test/unit/core/protection\`, \`test/unit/org/publishWeeks.test.ts\` |
| see at which hour somebody worked | events carry a calendar day and no hour; requests are counted, never logged, and what arrived, or was refused, is told by the day and of five people's devices at least | \`test/unit/org/metrics.test.ts\`, which asks all the time beside four devices of its own |
| follow a person from week to week | the pseudonym is made anew each week with a secret that stays on the person's machines; numbers are rounded, tools and models are of a list, and neither the log nor SQLite has the order in which things came | \`test/unit/server/sync/linking.test.ts\`, which has the database, the log and all that was sent, taken apart mutation by mutation |
| read code, prompts or answers | no text is taken into the database, at home or at the organisation; what a connected tool's hook hands over lies in the person's own folder until the editor has read it | \`test/wire/server.test.ts\` and \`records.test.ts\`, which write words and look for them in every file |
| learn paths, repositories, branches or machines | fields that are not declared are refused on both sides; those below under "What never leaves" are declared local | \`test/wire/orgMalformed.test.ts\` |
| make a tip look like Kept's own, or run something | prompts are signed text that names its sender; keys are pinned when a person joins, and only these hand on others | \`test/faults/bundles.test.ts\` |
| switch Kept on, or its sending | a policy can only forbid | \`docs/policy.md\` |`;

const rights = `## What each person can do

| right | how |
|---|---|
| see what would be sent, before and after agreeing | \`kept sync --dry-run\`, *Kept: Show What Was Sent*, and the panel's Data view |
| take out, or delete here, what was refused for good | \`kept sync --refused\`, with \`--delete\` |
| see what is kept at home, and take it along | \`docs/data.md\`; \`kept export\` |
| delete at home, by repository, tool or period, without leaving a byte | \`kept forget\` |
| delete at the organisation | leaving deletes what was sent, week by week, by a proof that only the person can give and that names no device |
| pause, or keep a repository out | *Kept: Pause Sharing*, *Kept: Pause Recording…*, \`kept.exclude\`, \`.kept/policy.json\` (\`"sync": false\` or \`"record": false\`); only folders marked as work are ever counted for the organisation |

In a sum nobody counts for more, in any column, than all but the largest twentieth of those in it: what somebody has beyond that is
left out, so that nobody can hide a week by sending large numbers, and sums are a little smaller than what arrived.

Of what is counted besides edits, a number that is a part of another (how many said that a tip helped, of those who saw it) is
told only where five people or more have some of it and five or more have something else, and neither is mostly one person's:
where all answer alike, the answers are withheld. So is what could be worked out from the others. Where two devices may be one
person's, nine take the place of five.

What was published before is sums about five people or more. It is frozen and stays, and the answer to a deletion says
whether there was any. What somebody deleted stays in backups that the operator made before.`;

const elsewhere = `## If it goes to another collector

An organisation can ask people to send to an OpenTelemetry collector of its own in the place of Kept's service. It then gets sums
of whole weeks under the week's pseudonym, nothing day by day; but nobody there hides small groups, forgets or deletes, and
whoever reads the collector reads the sums of each pseudonym. The consent screen says so before anybody agrees. See
[sinks.md](sinks.md); an agreement about Kept should say which of the two is meant.`;

const threats = `## Threat model

| who | wants | what stands against it | what is left |
|---|---|---|---|
| a lead | to know who uses AI how much | groups of five or more, complementary hiding, dominance and diversity rules, the proof before publishing | how a group of five does as a whole |
| an administrator, or somebody with an invitation | to isolate a person with invented people | whoever joins counts from three active days on; an invitation has so many uses; everybody who joined sees the number of devices | whoever invents people that work like people can fill a group: it can be made dear, not impossible |
| a member of a small team | to fill it with further devices of their own | all devices of a person go by one pseudonym in a week; a team in which more contribute than belong to it is in no number; a person has three devices at a time | that they join again as somebody else, with an invitation |
| the same, with the database | to follow a person | weekly pseudonyms, no names, no addresses, no times; a pseudonym and a device meet only while a request is answered | within one week, the days of a pseudonym belong together |
| somebody on the network | to read or change what is sent | TLS with the system's certificates, no setting to skip it; batches have ids and digests | that a machine talks to the organisation's service |
| a stranger with a device's credential, or a member | to spoil the numbers, or to have a week hidden | rate limits, one pseudonym a week, revocation within half a minute; nobody counts for more than all but the largest twentieth do | up to one made-up person among the largest |
| a workspace, a web page, another user of the machine | to have things recorded, sent or shown | the endpoint comes from the person alone; the receiver of telemetry wants a token and refuses pages; the database folder is the user's alone | what the same user's own programs do |
| whoever writes prompts | to learn who does what, by a prompt for a few | the audience is decided on each machine; what comes back is counted for five people or more, a prompt for fewer has no numbers at all | how a prompt did in a large group |
| whoever takes over an account of the console | to read or publish | no page has more than the tables above; sessions of eight hours; a second person for prompts, known by the identity provider where there is one; the log | what the role may see, until the account is ended |
| whoever steals the key that signs prompts | to write to every editor | prompts are text for people, never inserted and never handed to an agent; two signatures by setting, which each editor holds on to; expiry after 14 days; a next key that was handed on retires it | misleading advice until it expires, and where there was no next key until people join anew |`;

const left = `## What this does not protect

- Whoever can run programs as the person can read what the person can read.
- Teams of fewer than five see nothing of themselves. That is meant.
- Whoever hands out an invitation for one person alone and can read the database sees whether it was used. Invite a team with
  one invitation for all of it, and nobody can tell who did.
- What the organisation knows from elsewhere (who is on leave, who bought a licence) is not in the proof.
- The limits of the proof are in [docs/limits.md](limits.md), "Groups".`;

/** The privacy pack: everything about data in it comes from the declarations. */
export function privacyDocument(): string {
  const sent = [
    table("With each batch", resourceSchema.shape),
    table("With each record of edits: one day, one origin, one tool, one mode", dayEventSchema.shape),
    ...tallyNames.map((name) =>
      table(`With each record \`${name}\`: ${lowerFirst(tallies[name].about)}`, {
        ...tallies[name].keys,
        ...tallies[name].sums,
      }),
    ),
    "Each of these records has a random id, the week and the week's pseudonym, too.",
  ];
  return `${[
    head,
    "## What an organisation receives",
    ...sent,
    `Nothing else is accepted: a body with any other field is refused, and so is what is older than ${limits.ageDays} days. Numbers
are rounded to two significant digits before they leave.`,
    `When a device joins, the organisation gets the SHA-256 of a credential that the device made, and the team that stands in the
invitation. It answers with what it promises: ${names(membershipSchema.shape)}.`,
    privacyOfService(),
    cannot,
    elsewhere,
    "## What never leaves the machine",
    `Declared *local* in [docs/data.md](data.md), where each is explained: ${neverLeaves()}.`,
    rights,
    threats,
    left,
  ].join("\n\n")}\n`;
}

function table(title: string, shape: Readonly<Record<string, z.ZodType>>): string {
  const rows = Object.entries(shape).flatMap(([name, schema]) => {
    const about = fields.get(schema);
    return about ? [`| \`${name}\` | ${about.meaning} | ${about.sensitivity} | ${about.retention} |`] : [];
  });
  return [`### ${title}`, "", "| field | meaning | sensitivity | kept |", "|---|---|---|---|", ...rows].join(
    "\n",
  );
}

function lowerFirst(text: string): string {
  return /^[A-Z][a-z]/.test(text) ? text[0]!.toLowerCase() + text.slice(1) : text;
}

function names(shape: object): string {
  return Object.keys(shape)
    .map((name) => `\`${name}\``)
    .join(", ");
}

function neverLeaves(): string {
  return recorded
    .flatMap(({ title, schema }) =>
      Object.entries(schema.shape).flatMap(([name, each]) =>
        fields.get(each as z.ZodType)?.sensitivity === "local" ? [`${title} \`${name}\``] : [],
      ),
    )
    .join(", ");
}
