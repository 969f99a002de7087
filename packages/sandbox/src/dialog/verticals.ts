/** The categories of a business profile, as the form names them. Meta: Cloud API › Business profiles › vertical. */
export const verticals = {
  OTHER: 'Other',
  AUTO: 'Automotive',
  BEAUTY: 'Beauty, spa and salon',
  APPAREL: 'Clothing and apparel',
  EDU: 'Education',
  ENTERTAIN: 'Entertainment',
  EVENT_PLAN: 'Event planning and service',
  FINANCE: 'Finance and banking',
  GROCERY: 'Food and grocery',
  GOVT: 'Public service',
  HOTEL: 'Hotel and lodging',
  HEALTH: 'Medical and health',
  NONPROFIT: 'Non-profit',
  PROF_SERVICES: 'Professional services',
  RETAIL: 'Shopping and retail',
  TRAVEL: 'Travel and transportation',
  RESTAURANT: 'Restaurant',
} as const;

export const isVertical = (text: string): text is keyof typeof verticals => Object.hasOwn(verticals, text);

/** Where a business can be, for the form: enough to choose from. */
export const countries: Readonly<Record<string, string>> = {
  US: 'United States',
  BR: 'Brazil',
  DE: 'Germany',
  ES: 'Spain',
  FR: 'France',
  GB: 'United Kingdom',
  ID: 'Indonesia',
  IN: 'India',
  IT: 'Italy',
  KE: 'Kenya',
  MX: 'Mexico',
  NG: 'Nigeria',
  NL: 'Netherlands',
  PL: 'Poland',
  PT: 'Portugal',
  ZA: 'South Africa',
};
