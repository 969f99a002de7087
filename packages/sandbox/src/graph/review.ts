/**
 * How long a review of a name or a template takes by itself. Meta: up to 24 hours, mostly minutes; here a time that
 * somebody who clicks through a demo waits for, and that the clock passes at once.
 */
export const reviewMs = 30_000;
