import { promptedCoach } from "./coaches.ts";
import type { Scene } from "./scene.ts";
import { usual } from "./summaries.ts";
import {
  fullSharing,
  fullTeam,
  hiddenTeam,
  sinkSharing,
  sinkTeam,
  stoppedSharing,
  unansweredTeam,
  unreachableTeam,
  waitingTeam,
} from "./teams.ts";

/** A team, its prompts, and what is shared with it. */
export const scenesOfSharing: Readonly<Record<string, Scene>> = {
  team: { summary: usual, stored: { view: "team" }, waitFor: "You are in no team" },
  "team-joined": {
    summary: usual,
    prepare: (host) => {
      host.team = fullTeam;
      host.coach = promptedCoach;
    },
    stored: { view: "team" },
    waitFor: "Coaching in force",
  },
  "team-hidden": {
    summary: usual,
    prepare: (host) => (host.team = hiddenTeam),
    stored: { view: "team" },
    waitFor: "too few people took part",
  },
  "team-waiting": {
    oneColumn: true,
    summary: usual,
    prepare: (host) => (host.team = waitingTeam),
    stored: { view: "team" },
    waitFor: "No week is published yet",
  },
  "team-unanswered": {
    oneColumn: true,
    summary: usual,
    prepare: (host) => (host.team = unansweredTeam),
    stored: { view: "team" },
    waitFor: "has not answered yet",
  },
  "team-unreachable": {
    summary: usual,
    prepare: (host) => (host.team = unreachableTeam),
    stored: { view: "team" },
    waitFor: "What is shown is the last answer",
  },
  "team-sink": {
    oneColumn: true,
    summary: usual,
    prepare: (host) => (host.team = sinkTeam),
    stored: { view: "team" },
    waitFor: "gives nothing back",
  },
  "data-sink": {
    summary: usual,
    prepare: (host) => (host.sharing = sinkSharing),
    stored: { view: "data" },
    waitFor: "cannot be deleted from here",
  },
  "coach-prompt": {
    summary: usual,
    prepare: (host) => (host.coach = promptedCoach),
    stored: { view: "coach" },
    waitFor: "From your organisation",
    act: (page) => page.getByText("Why?").first().click(),
  },
  "data-sharing": {
    summary: usual,
    prepare: (host) => (host.sharing = fullSharing),
    stored: { view: "data" },
    waitFor: "What would leave now",
    act: (page) => page.getByText("Nov 9–15: sent").click(),
  },
  "data-sharing-stopped": {
    oneColumn: true,
    summary: usual,
    prepare: (host) => (host.sharing = stoppedSharing),
    stored: { view: "data" },
    waitFor: "Fields you have not agreed to",
  },
};
