/** A fixed port is taken by another process. */
export class PortInUseError extends Error {
  override readonly name = 'PortInUseError';
  readonly port: number;

  constructor(port: number, purpose: string, options?: ErrorOptions) {
    super(`Port ${port}, for ${purpose}, is in use. Stop what uses it, or choose another port`, options);
    this.port = port;
  }

  /** This error for EADDRINUSE, the cause itself for anything else. */
  static from(cause: unknown, port: number, purpose: string): unknown {
    const taken = (cause as NodeJS.ErrnoException).code === 'EADDRINUSE';
    return taken ? new PortInUseError(port, purpose, { cause }) : cause;
  }
}
