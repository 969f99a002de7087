/** What the SDK has to say to the page's developer. */
export function complain(message: string): void {
  // biome-ignore lint/suspicious/noConsole: the console is where the SDK complains.
  console.error(message);
}

export function warn(message: string): void {
  // biome-ignore lint/suspicious/noConsole: the console is where the SDK warns.
  console.warn(message);
}
