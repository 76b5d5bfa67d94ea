import { X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { Product } from '../shop/protocol.ts';
import { Chips } from './chips.tsx';
import { Picture, Price, Rating, Stock } from './product-facts.tsx';
import { type ProductState, useProduct } from './use-product.ts';

/** Which product to show; `product` is what an answer said of it. */
export interface Detail {
  readonly id: string;
  readonly title: string;
  readonly product?: Product;
}

function Facts({ product }: { readonly product: Product }) {
  return (
    <>
      <p className="facts">
        <Price {...product} />
        <Stock {...product} />
        <Rating {...product} />
      </p>
      <p>{product.description}</p>
      <ul className="features" aria-label="Features">
        {product.features.map((feature) => (
          <li key={feature}>{feature}</li>
        ))}
      </ul>
    </>
  );
}

const words: Readonly<Record<Exclude<ProductState['kind'], 'known'>, string>> = {
  loading: 'Fetching it from the shelf',
  missing: 'We do not sell this any more.',
  failed: 'Its details cannot be shown right now. Please try again in a moment.',
};

interface ProductDialogProps {
  readonly detail: Detail;
  /** While a question is open, no other can be asked. */
  readonly busy: boolean;
  readonly onAsk: (question: string) => void;
  readonly onClose: () => void;
}

/** All about one product, as it is now. */
export function ProductDialog({ detail, busy, onAsk, onClose }: ProductDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const state = useProduct(detail);
  useEffect(() => {
    // Where the browser knows it, a click beside the dialog closes it.
    dialog.current?.setAttribute('closedby', 'any');
    dialog.current?.showModal();
  }, []);
  const { title } = detail;
  const category = state.kind === 'known' ? state.product.category : '';
  return (
    <dialog ref={dialog} className="product" aria-labelledby="product-title" onClose={onClose}>
      <button type="button" className="icon close" aria-label="Close" onClick={() => dialog.current?.close()}>
        <X aria-hidden="true" size={18} />
      </button>
      <Picture category={category} />
      <div className="product-body">
        <p className="category">{category}</p>
        <h2 id="product-title">{title}</h2>
        {state.kind === 'known' ? <Facts product={state.product} /> : <p role="status">{words[state.kind]}</p>}
        {state.kind === 'known' && !busy && (
          <Chips
            label="Ask about this"
            questions={[`Something like the ${title}`, 'Can I send a product back?']}
            onPick={(question) => {
              dialog.current?.close();
              onAsk(question);
            }}
          />
        )}
      </div>
    </dialog>
  );
}
