/** As an input takes it that has this as its pattern. */
export const websitePattern = '(https?://)?[^\\s\\/]+\\.[^\\s]+';

const website = new RegExp(`^(?:${websitePattern})$`, 'v');

export const isWebsite = (text: string): boolean => website.test(text);

/** What an input of type `email` takes. HTML › Valid e-mail address. */
const email =
  /^[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*$/;

export const isEmail = (text: string): boolean => email.test(text);
