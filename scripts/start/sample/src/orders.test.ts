import { type Order, totalOf, unpaid } from "./orders.ts";

const orders: readonly Order[] = [
  { id: "A-1", customer: "Ada", cents: 1250, paid: true },
  { id: "A-2", customer: "Grace", cents: 900, paid: false },
];

if (totalOf(orders) !== 2150) throw new Error("The total is wrong.");
if (unpaid(orders).length !== 1) throw new Error("One order is not paid.");
