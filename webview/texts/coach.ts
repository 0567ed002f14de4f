/** What the Coach view says. */
export const coachTexts = {
  empty: "No tip yet",
  emptyWhy:
    "A tip is given when your own numbers say something that can be acted on. It quotes them, offers one action, and says later whether it helped.",
  emptyList: [
    "at most one a day, and never while you type, debug or present",
    "each can be muted; what you dismiss three times stays away for 90 days",
    "nobody else learns which tips you saw",
  ],
};
