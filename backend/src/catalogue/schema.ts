import { z } from 'zod';

const productSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  name: z.string().min(1),
  category: z.string().min(1),
  /** In whole currency units with cents, e.g. 89.5. */
  price: z.number().positive(),
  currency: z.literal('EUR'),
  stock: z.number().int().min(0),
  rating: z.number().min(0).max(5),
  description: z.string().min(1),
  features: z.array(z.string().min(1)),
});

const articleSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  title: z.string().min(1),
  text: z.string().min(1),
});

export const productsSchema = z.array(productSchema).min(1);
export const articlesSchema = z.array(articleSchema);
/** A word or phrase of the catalogue -> what customers call it. */
export const synonymsSchema = z.record(z.string().min(1), z.array(z.string().min(1)).min(1));

/** Id of a product or article -> in what words people come to need it. */
export const needsSchema = z.record(z.string(), z.array(z.string().min(1)));

export type Product = Readonly<z.infer<typeof productSchema>>;
export type Article = Readonly<z.infer<typeof articleSchema>>;

export type Synonyms = Readonly<z.infer<typeof synonymsSchema>>;

export interface Catalogue {
  readonly products: readonly Product[];
  readonly articles: readonly Article[];
  readonly synonyms: Synonyms;
  readonly needs: Readonly<z.infer<typeof needsSchema>>;
}
