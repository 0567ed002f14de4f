import { adoption } from "./catalogue/adoption.ts";
import { business } from "./catalogue/business.ts";
import { cost } from "./catalogue/cost.ts";
import { governance } from "./catalogue/governance.ts";
import { practice } from "./catalogue/practice.ts";
import { quality } from "./catalogue/quality.ts";
import { reliability } from "./catalogue/reliability.ts";
import { review } from "./catalogue/review.ts";
import { speed } from "./catalogue/speed.ts";
import type { Metric } from "./metric.ts";

/** Every metric there is, in the order in which they are shown. */
export const metrics: readonly Metric[] = [
  ...adoption,
  ...speed,
  ...quality,
  ...review,
  ...reliability,
  ...cost,
  ...practice,
  ...business,
  ...governance,
];
