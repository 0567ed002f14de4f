/** `plain` is what users of stable VS Code get; `proposed` is for hosts that grant proposed interfaces. */
export const flavours = ["plain", "proposed"] as const;

export type Flavour = (typeof flavours)[number];
