import { useEffect, useState } from 'react';
import type { Product } from '../shop/protocol.ts';
import { getProduct } from '../shop/requests.ts';
import { ShopError } from '../shop/shop-error.ts';

export type ProductState =
  | { readonly kind: 'loading' | 'missing' | 'failed' }
  | { readonly kind: 'known'; readonly product: Product };

interface Wanted {
  readonly id: string;
  readonly product?: Product;
}

/** The product as the shop has it now; until that is known, and where it cannot be, as it was last seen. */
export function useProduct({ id, product: seen }: Wanted): ProductState {
  const [state, setState] = useState<ProductState>(seen ? { kind: 'known', product: seen } : { kind: 'loading' });
  useEffect(() => {
    const leaving = new AbortController();
    getProduct(id, leaving.signal).then(
      (product) => {
        setState({ kind: 'known', product });
      },
      (error: unknown) => {
        if (leaving.signal.aborted) return;
        const missing = error instanceof ShopError && error.kind === 'missing';
        if (missing || seen === undefined) setState({ kind: missing ? 'missing' : 'failed' });
      },
    );
    return () => {
      leaving.abort();
    };
  }, [id, seen]);
  return state;
}
