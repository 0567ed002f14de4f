/** What the view of cost and requests says. */
export const costTexts = {
  empty: "No request is known yet",
  emptyWhy:
    "What a request cost is in the records that tools keep of themselves on this machine. As soon as there are some, this view shows:",
  emptyList: [
    "tokens by kind, and how many of them came from a cache",
    "what they cost by list prices of the day; what has no price is shown as unpriced, never as free",
    "the cost of a change that was kept, and the tasks that kept nothing",
    "how long answers take, by tool and model",
  ],
  connect: "Connect a tool …",
};
