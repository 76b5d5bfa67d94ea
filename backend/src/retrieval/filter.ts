import type { Facts, SearchFilter } from '../chat/ports.ts';

/** Whether something with these facts passes the filter. */
export function accepts(facts: Facts, { kind, category, minPrice, maxPrice, inStock }: SearchFilter): boolean {
  if (kind !== undefined && facts.kind !== kind) return false;
  if (category !== undefined && facts.category !== category) return false;
  if (minPrice !== undefined && !(facts.price !== undefined && facts.price >= minPrice)) return false;
  if (maxPrice !== undefined && !(facts.price !== undefined && facts.price <= maxPrice)) return false;
  return inStock === undefined || facts.inStock === inStock;
}
