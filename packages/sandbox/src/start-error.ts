const reasons: Readonly<Record<string, { code: SandboxStartError['code']; next: (port: number) => string }>> =
  {
    EADDRINUSE: {
      code: 'port-taken',
      next: (port) => `Port ${port} is taken. Choose another port (0: any free one), or stop what uses it.`,
    },
    EACCES: {
      code: 'port-refused',
      next: (port) => `Port ${port} is not ours to use. Choose a port above 1023 (0: any free one).`,
    },
    ENOTFOUND: { code: 'host-unknown', next: () => notOurs },
    EADDRNOTAVAIL: { code: 'host-unknown', next: () => notOurs },
  };

const notOurs = 'This host is not an address of this machine. Choose another host, such as 127.0.0.1.';

/** Thrown where the sandbox cannot listen; the `cause` is what the system said. */
export class SandboxStartError extends Error {
  readonly code: 'port-taken' | 'port-refused' | 'host-unknown';

  constructor(code: SandboxStartError['code'], message: string, cause: unknown) {
    super(message, { cause });
    this.name = 'SandboxStartError';
    this.code = code;
  }
}

/** The system's refusal with a next step, where there is one. */
export function explainStart(error: unknown, port: number): unknown {
  const reason = reasons[String(Object(error).code)];
  return reason ? new SandboxStartError(reason.code, reason.next(port), error) : error;
}
