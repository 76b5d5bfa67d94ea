import type { Facts, SearchFilter } from '../chat/ports.ts';

/** A passage's facts as metadata of its record. */
export function metadataOf({ kind, category, price, inStock }: Facts): Record<string, string | number | boolean> {
  return {
    kind,
    ...(category === undefined ? {} : { category }),
    ...(price === undefined ? {} : { price }),
    ...(inStock === undefined ? {} : { inStock }),
  };
}

/** The filter in Pinecone's language; undefined where everything passes. A record without the field never passes. */
export function pineconeFilter({ kind, category, minPrice, maxPrice, inStock }: SearchFilter): object | undefined {
  const price = {
    ...(minPrice === undefined ? {} : { $gte: minPrice }),
    ...(maxPrice === undefined ? {} : { $lte: maxPrice }),
  };
  const filter = {
    ...(kind === undefined ? {} : { kind: { $eq: kind } }),
    ...(category === undefined ? {} : { category: { $eq: category } }),
    ...(Object.keys(price).length === 0 ? {} : { price }),
    ...(inStock === undefined ? {} : { inStock: { $eq: inStock } }),
  };
  return Object.keys(filter).length === 0 ? undefined : filter;
}
