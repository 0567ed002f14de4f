import type { AppParts } from "../app.ts";

const hourMs = 3_600_000;

/**
 * Writes down that somebody could not sign in: once an hour at most, with how many it were, so that nobody can fill the log
 * by guessing, and what was done here stays to be found in it.
 */
export function createRefusals({ store, host }: Pick<AppParts, "store" | "host">): {
  readonly note: (subject: string) => Promise<void>;
} {
  let untold = 0;
  let notedAt = Number.NEGATIVE_INFINITY;
  return {
    async note(subject) {
      const at = host.now();
      if (at - notedAt < hourMs) {
        untold += 1;
        return;
      }
      const more = untold === 0 ? "" : ` ${untold} more were refused since the entry before.`;
      notedAt = at;
      untold = 0;
      await store.note({
        ...{ entry: host.id(), at, who: "Somebody", act: "signInRefused", subject: `${subject}${more}` },
      });
    },
  };
}
