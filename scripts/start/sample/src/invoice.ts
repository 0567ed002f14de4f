import { type Order, totalOf } from "./orders.ts";

export function invoiceFor(customer: string, orders: readonly Order[]): string {
  const lines = orders.map(({ id, cents }) => `${id.padEnd(12)} ${amount(cents)}`);
  return [`Invoice for ${customer}`, ...lines, `${"Total".padEnd(12)} ${amount(totalOf(orders))}`].join("\n");
}

function amount(cents: number): string {
  return `${(cents / 100).toFixed(2)} EUR`;
}
