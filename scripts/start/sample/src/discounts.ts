import type { Order } from "./orders.ts";

/** A share of the price, from 0 to 1, and for whom it is. */
export interface Discount {
  readonly code: string;
  readonly share: number;
  readonly leastCents: number;
  readonly customers?: ReadonlySet<string>;
}

export function applies(discount: Discount, order: Order): boolean {
  if (order.cents < discount.leastCents) return false;
  return discount.customers?.has(order.customer) ?? true;
}

export function bestDiscount(order: Order, discounts: readonly Discount[]): Discount | undefined {
  let best: Discount | undefined;
  for (const discount of discounts) {
    if (!applies(discount, order)) continue;
    if (!best || discount.share > best.share) best = discount;
  }
  return best;
}

export function discounted(order: Order, discounts: readonly Discount[]): Order {
  const best = bestDiscount(order, discounts);
  if (!best) return order;
  return { ...order, cents: Math.round(order.cents * (1 - best.share)) };
}

export function saved(orders: readonly Order[], discounts: readonly Discount[]): number {
  let cents = 0;
  for (const order of orders) {
    cents += order.cents - discounted(order, discounts).cents;
  }
  return cents;
}
