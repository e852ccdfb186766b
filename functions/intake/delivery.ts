import { SallyportError } from '../core/errors.ts';

/** What a sender posts, as API Gateway hands it over. */
export interface Delivery {
  readonly sender: string;
  /** As it was signed, byte for byte. */
  readonly body: Buffer;
  readonly timestamp: string | undefined;
  readonly signature: string | undefined;
}

/** Why a delivery is not taken, in words for whoever set the sender up; `status` is HTTP's. */
export class DeliveryRefusedError extends SallyportError {
  override readonly name = 'DeliveryRefusedError';
  readonly status: 400 | 401 | 413 | 422 | 503;

  constructor(status: DeliveryRefusedError['status'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
  }
}
