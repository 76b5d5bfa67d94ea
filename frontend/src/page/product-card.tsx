import type { Product } from './api.ts';

const money = (product: Product) =>
  new Intl.NumberFormat('en-IE', { style: 'currency', currency: product.currency }).format(product.price);

function Stock({ stock }: { readonly stock: number }) {
  if (stock === 0) return <span className="stock out">Sold out</span>;
  return stock < 10 ? <span className="stock few">Only {stock} left</span> : <span className="stock">In stock</span>;
}

export function ProductCard({ product }: { readonly product: Product }) {
  return (
    <li className="card">
      <p className="card-category">{product.category}</p>
      <h2>{product.name}</h2>
      <p className="card-text">{product.description}</p>
      <p className="card-foot">
        <span className="price">{money(product)}</span>
        <Stock stock={product.stock} />
        <span className="rating">
          <span aria-hidden="true">★ {product.rating.toFixed(1)}</span>
          <span className="hidden">Rated {product.rating.toFixed(1)} of 5</span>
        </span>
      </p>
    </li>
  );
}
