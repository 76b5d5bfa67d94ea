import { memo } from 'react';
import type { Product } from '../shop/protocol.ts';
import type { Detail } from './product-dialog.tsx';
import { Picture, Price, Rating, Stock } from './product-facts.tsx';

interface ProductCardProps {
  readonly product: Product;
  readonly onOpen: (detail: Detail) => void;
}

/** A product in short; the whole card opens its details. */
export const ProductCard = memo(function ProductCard({ product, onOpen }: ProductCardProps) {
  const { id, name, category, description } = product;
  return (
    <li className="card">
      <Picture category={category} />
      <div className="card-body">
        <p className="category">{category}</p>
        <h3>
          <button
            type="button"
            aria-haspopup="dialog"
            onClick={() => {
              onOpen({ id, title: name, product });
            }}
          >
            {name}
          </button>
        </h3>
        <p className="description">{description}</p>
        <p className="facts">
          <Price {...product} />
          <Stock {...product} />
          <Rating {...product} />
        </p>
      </div>
    </li>
  );
});
