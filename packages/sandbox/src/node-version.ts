const needed = 24;

/** What to say where this Node is too old for the sandbox; null where it is not. */
export function nodeProblem(found: string = process.versions.node): string | null {
  if (Number(found.split('.')[0]) >= needed) return null;
  return `whatsapp-embedded-signup-sandbox needs Node ${needed} or later; this is ${found}.`;
}
