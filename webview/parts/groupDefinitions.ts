import type { Digest } from "../../protocol/digest.ts";
import type { Language } from "../language.ts";
import type { Definition } from "./explained.ts";
import { aiEdits } from "./metricBehind.ts";

/** What stands behind the Coach view's tables. */
export function adviceDefinitions({ text, plural, period }: Language): {
  readonly week: (digest: Digest) => Definition;
  readonly tried: (tips: number) => Definition;
  readonly rules: (said: number) => Definition;
} {
  const { coach } = text;
  return {
    week: ({ from, to, origins }) => ({
      name: coach.week.title,
      meaning: coach.week.meaning,
      window: period(from, to),
      sample: plural(
        text.counts.edits,
        origins.reduce((sum, { edits }) => sum + edits, 0),
      ),
      behind: { ...aiEdits, within: { from, to } },
    }),
    tried: (tips) => ({
      name: coach.tried,
      meaning: coach.triedMeaning,
      window: coach.triedWindow,
      sample: plural(coach.tips, tips),
      pitfalls: coach.correlation,
    }),
    rules: (said) => ({
      name: coach.rules,
      meaning: coach.rulesMeaning,
      window: coach.rulesWindow,
      sample: plural(coach.tips, said),
      pitfalls: coach.rulesWhy,
    }),
  };
}

/** What stands behind the Team view's numbers. */
export function teamDefinitions(
  { text, fill, plural, week: days }: Language,
  weeks: readonly { readonly week: string }[],
): {
  readonly week: Definition;
  readonly tallies: Definition;
  readonly trend: Definition;
  readonly targets: (metrics: number) => Definition;
} {
  const { team } = text;
  const [last] = weeks;
  const week = last === undefined ? text.nothing : days(last.week);
  const newest = fill(team.week, { week });
  const window = last === undefined ? newest : fill(team.weekWindow, { week, name: last.week });
  return {
    week: { name: newest, meaning: team.weekMeaning, window, sample: team.sample },
    tallies: {
      name: fill(team.tallies.title, { week }),
      meaning: team.tallies.meaning,
      window,
      sample: team.sample,
    },
    trend: {
      name: team.trend,
      meaning: team.trendLegend,
      window: plural(team.weeks, weeks.length),
      sample: team.sample,
    },
    targets: (metrics) => ({
      name: team.targets,
      meaning: team.targetsMeaning,
      window,
      sample: plural(team.metricsAimed, metrics),
    }),
  };
}
