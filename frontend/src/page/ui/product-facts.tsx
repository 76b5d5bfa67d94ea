import {
  Armchair,
  Backpack,
  BedDouble,
  Bike,
  Coffee,
  CookingPot,
  Drill,
  Dumbbell,
  Headphones,
  Keyboard,
  Lamp,
  Leaf,
  type LucideIcon,
  NotebookPen,
  PawPrint,
  ShowerHead,
  Sprout,
  Tent,
  ToyBrick,
} from 'lucide-react';
import type { Product } from '../shop/protocol.ts';

const few = 10;

const pictures: Readonly<Record<string, LucideIcon>> = {
  Audio: Headphones,
  Camping: Tent,
  Coffee,
  Computing: Keyboard,
  Cycling: Bike,
  Desk: Armchair,
  Fitness: Dumbbell,
  Garden: Sprout,
  'Home Textiles': BedDouble,
  'Kids & Toys': ToyBrick,
  Kitchen: CookingPot,
  Lighting: Lamp,
  'Personal Care': ShowerHead,
  Pets: PawPrint,
  Stationery: NotebookPen,
  Tools: Drill,
  Travel: Backpack,
};

/** A drawing for the category, in place of a photograph. */
export function Picture({ category }: { readonly category: string }) {
  const Icon = pictures[category] ?? Leaf;
  return (
    <span className="picture" data-category={category} aria-hidden="true">
      <Icon strokeWidth={1.25} />
    </span>
  );
}

export function Price({ price, currency }: Pick<Product, 'price' | 'currency'>) {
  const format = new Intl.NumberFormat('en-IE', { style: 'currency', currency, trailingZeroDisplay: 'stripIfInteger' });
  return <span className="price">{format.format(price)}</span>;
}

export function Stock({ stock }: Pick<Product, 'stock'>) {
  if (stock === 0) return <span className="stock out">Sold out</span>;
  if (stock < few) return <span className="stock few">Only {stock} left</span>;
  return <span className="stock">In stock</span>;
}

export function Rating({ rating }: Pick<Product, 'rating'>) {
  const stars = rating.toFixed(1);
  return (
    <span className="rating">
      <span aria-hidden="true">★ {stars}</span>
      <span className="hidden">Rated {stars} of 5</span>
    </span>
  );
}
