export interface Order {
  readonly id: string;
  readonly customer: string;
  readonly cents: number;
  readonly paid: boolean;
}

export function totalOf(orders: readonly Order[]): number {
  return orders.reduce((sum, { cents }) => sum + cents, 0);
}

export function unpaid(orders: readonly Order[]): readonly Order[] {
  return orders.filter(({ paid }) => !paid);
}

export function byCustomer(orders: readonly Order[]): ReadonlyMap<string, readonly Order[]> {
  const grouped = new Map<string, Order[]>();
  for (const order of orders) {
    const group = grouped.get(order.customer) ?? [];
    group.push(order);
    grouped.set(order.customer, group);
  }
  return grouped;
}
