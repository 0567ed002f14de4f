/** Rules that were thought of and do not speak: what each would be of, and why it is silent. */
export const reserve: readonly { readonly id: string; readonly title: string; readonly because: string }[] = [
  {
    id: "C31",
    title: "A review of AI text that is overdue",
    because: "What becomes of a review is at the code host, which Kept does not ask.",
  },
  {
    id: "C32",
    title: "Two weeks of almost only AI text in a language that is new to you",
    because:
      "Whether a language is new to somebody is not known: Kept has no text from before it was installed, and what is typed elsewhere it does not see.",
  },
  {
    id: "C33",
    title: "The first weeks with AI, in which numbers often fall",
    because:
      "When somebody began to work with AI is not known: tools keep their records for weeks, not for years. A first week of Kept is no first week of AI.",
  },
  {
    id: "C34",
    title: "What an organisation has to say",
    because: "It speaks as a prompt of your organisation, see below.",
  },
];
