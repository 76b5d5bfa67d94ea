export interface Product {
  readonly id: string;
  readonly name: string;
  readonly category: string;
  readonly price: number;
  readonly currency: string;
  readonly stock: number;
  readonly rating: number;
  readonly description: string;
  readonly features: readonly string[];
}

/** What the scripted backend sells: one of every stock state. */
export const shelf: readonly [Product, Product, Product] = [
  {
    id: 'nomad-backpack',
    name: 'Nomad Backpack 24 l',
    category: 'Travel',
    price: 119,
    currency: 'EUR',
    stock: 42,
    rating: 4.6,
    description:
      'A light backpack of recycled sailcloth with a padded sleeve for a 16-inch laptop, for trains and rain.',
    features: ['Sleeve for 16-inch laptops', 'Waterproof zips', '820 g'],
  },
  {
    id: 'harbour-tote',
    name: 'Harbour Roll-Top',
    category: 'Travel',
    price: 89.5,
    currency: 'EUR',
    stock: 4,
    rating: 4.3,
    description: 'A roll-top that grows from 18 to 26 litres and stands on its own.',
    features: ['18 to 26 litres', 'Cotton canvas, waxed', 'Laptop sleeve, 14 inches'],
  },
  {
    id: 'slate-sleeve',
    name: 'Slate Laptop Sleeve',
    category: 'Desk',
    price: 39,
    currency: 'EUR',
    stock: 0,
    rating: 4.8,
    description: 'Wool felt with a leather strap, for those who carry little else.',
    features: ['13 and 14 inches', 'Wool felt from Austria'],
  },
];
