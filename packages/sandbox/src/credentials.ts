/**
 * The ready-made Meta app and its partner business. Fixed, so that a relay's settings stay right when the
 * sandbox restarts. Ids are digits as Meta's are; secrets say what they are, so that no scanner mistakes them.
 */
export interface Credentials {
  appId: string;
  appSecret: string;
  /** The Facebook Login for Business configuration. */
  configId: string;
  /** One from before v4: without `version` in `extras` it starts v2, and its tokens live 60 days. */
  legacyConfigId: string;
  graphUrl: string;
  /** The origin of SDK and dialog. */
  sdkUrl: string;
  webhookVerifyToken: string;
  systemUserToken: string;
  systemUserId: string;
  /** The partner's own business portfolio. */
  businessId: string;
  creditLineId: string;
}

/** What does not depend on the address that the sandbox is reached at. */
export type FixedCredentials = Omit<Credentials, 'graphUrl' | 'sdkUrl'>;

export const fixedCredentials: FixedCredentials = {
  appId: '400000000000001',
  appSecret: 'sandbox-app-secret',
  configId: '400000000000002',
  legacyConfigId: '400000000000006',
  webhookVerifyToken: 'sandbox-verify-token',
  systemUserToken: 'sandbox-system-user-token',
  systemUserId: '400000000000003',
  businessId: '400000000000004',
  creditLineId: '400000000000005',
};

/** Another partner with an app of its own, so that both sides of a Multi-Partner Solution can be played. */
export const secondPartner = {
  appId: '400000000000011',
  appSecret: 'second-app-secret',
  configId: '400000000000012',
  systemUserId: '400000000000013',
  businessId: '400000000000014',
  systemUserToken: 'second-system-user-token',
};

/** The app's name, as the dialog and `debug_token` give it. */
export const appName = 'Sandbox App';

/** Credentials for whoever reaches the sandbox at `origin`. */
export function credentialsAt(origin: string): Credentials {
  return { ...fixedCredentials, graphUrl: origin, sdkUrl: origin };
}

/** The same as `NAME=value` lines, in the names that the relay reads. */
export function credentialsAsEnv(credentials: Credentials): string {
  const lines: Record<string, string> = {
    META_APP_ID: credentials.appId,
    META_APP_SECRET: credentials.appSecret,
    META_CONFIG_ID: credentials.configId,
    META_GRAPH_URL: credentials.graphUrl,
    META_SDK_URL: credentials.sdkUrl,
    META_WEBHOOK_VERIFY_TOKEN: credentials.webhookVerifyToken,
    META_SYSTEM_USER_TOKEN: credentials.systemUserToken,
    META_SYSTEM_USER_ID: credentials.systemUserId,
    META_BUSINESS_ID: credentials.businessId,
    META_CREDIT_LINE_ID: credentials.creditLineId,
  };
  return Object.entries(lines)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}
