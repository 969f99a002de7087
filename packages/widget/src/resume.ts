/**
 * What survives a reload of the page: a session that has been redeemed and can only read, answer and resume its
 * own onboarding. It is kept for this tab alone, and only until that onboarding ends.
 */
export interface Resume {
  readonly relay: string;
  readonly portal: string;
  readonly id: string;
  readonly session: string;
}

export interface ResumeStore {
  read(): Resume | null;
  write(resume: Resume): void;
  clear(): void;
}

export function resumeKey(relay: string, portal: string): string {
  return `whatsapp-embedded-signup ${relay} ${portal}`;
}

/** Storage may be forbidden (a sandboxed frame, a strict browser): then a reload starts over. */
export function createResumeStore(key: string, storage: () => Storage = () => sessionStorage): ResumeStore {
  const attempt = <Value>(use: (storage: Storage) => Value): Value | null => {
    try {
      return use(storage());
    } catch {
      return null;
    }
  };
  return {
    read: () => {
      const found = attempt((s) => JSON.parse(s.getItem(key) ?? 'null') as Partial<Resume> | null);
      return found?.id && found.session ? (found as Resume) : null;
    },
    write: (resume) => void attempt((s) => s.setItem(key, JSON.stringify(resume))),
    clear: () => void attempt((s) => s.removeItem(key)),
  };
}
