import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { defaultReporter } from '@web/test-runner';
import { playwrightLauncher } from '@web/test-runner-playwright';
import { puppeteerLauncher } from '@web/test-runner-puppeteer';
import { webdriverLauncher } from '@web/test-runner-webdriver';
import { createSandbox } from 'whatsapp-embedded-signup-sandbox';
import { findChromium, findFirefox, findWebKit } from '../../scripts/browsers.ts';
import { createFakeRelay } from './src/test/fake-relay.ts';

const engine = process.env.ENGINE ?? 'chromium';
const report = process.env.WTR_REPORT;

const sandbox = createSandbox();
const { url: sdkUrl } = await sandbox.start();
const { appId, configId } = sandbox.credentials;
const relay = createFakeRelay({
  prefix: '/relay',
  launch: { appId, configId, graphVersion: 'v26.0', sdkUrl },
});

const children = [];
process.once('exit', () => {
  for (const child of children) child.kill();
});

/** The element from its source, and the script-tag file. */
const page = (script) => (testFramework) =>
  `<!doctype html><html lang="en"><head><title>Tests</title>${script}</head>
  <body><script type="module" src="${testFramework}"></script></body></html>`;

export default {
  rootDir: fileURLToPath(new URL('../..', import.meta.url)),
  nodeResolve: { exportConditions: ['production', 'default'] },
  // A port of this run's own: two engines run at once, and the default would be the same for both.
  port: await freePort(),
  concurrency: 1,
  browsers: [await launcher()],
  groups: [
    { name: 'npm', files: 'src/**/*.wtr.ts', testRunnerHtml: page('') },
    {
      name: 'script tag',
      files: 'src/test/signup.wtr.ts',
      testRunnerHtml: page('<script src="/packages/widget/dist/cdn/widget.js"></script>'),
    },
  ],
  testFramework: { config: { timeout: 8000 } },
  plugins: [esbuildPlugin({ ts: true, target: 'es2022' })],
  middleware: [
    async (context, next) => {
      // The sandbox's controls, under the tests' own origin.
      if (context.path.startsWith('/_sandbox/')) {
        const body = await new Response(context.req).text();
        const answer = await fetch(sdkUrl + context.path, {
          method: context.method,
          ...(body && { body, headers: { 'content-type': 'application/json' } }),
        });
        context.status = answer.status === 204 ? 200 : answer.status;
        context.body = await answer.text();
        return;
      }
      context.respond = false;
      if (await relay(context.req, context.res)) return;
      context.respond = true;
      await next();
    },
  ],
  reporters: [defaultReporter(), ...(report ? [counts(report)] : [])],
};

/** Writes how many tests passed, failed and were skipped. */
function counts(file) {
  return {
    stop({ sessions }) {
      const total = { passed: 0, failed: 0, skipped: 0 };
      const count = ({ tests = [], suites = [] }) => {
        for (const { passed, skipped } of tests) total[skipped ? 'skipped' : passed ? 'passed' : 'failed']++;
        for (const suite of suites) count(suite);
      };
      for (const { testResults, errors } of sessions) {
        if (testResults) count(testResults);
        total.failed += errors.length;
      }
      writeFileSync(file, JSON.stringify(total));
    },
  };
}

async function launcher() {
  if (engine === 'firefox') {
    return puppeteerLauncher({ launchOptions: { browser: 'firefox', executablePath: findFirefox() } });
  }
  if (engine === 'webkit') return webKit(findWebKit());
  return playwrightLauncher({
    launchOptions: {
      executablePath: findChromium(),
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    },
  });
}

async function webKit({ driver, miniBrowser, xvfb }) {
  const [port, display] = [await freePort(), `:${1000 + (process.pid % 30_000)}`];
  children.push(spawn(xvfb, [display, '-screen', '0', '1280x900x24'], { stdio: 'ignore' }));
  children.push(
    spawn(driver, [`--port=${port}`], { stdio: 'ignore', env: { ...process.env, DISPLAY: display } }),
  );
  return webdriverLauncher({
    automationProtocol: 'webdriver',
    hostname: '127.0.0.1',
    port,
    path: '/',
    logLevel: 'error',
    capabilities: {
      browserName: 'MiniBrowser',
      'wdio:enforceWebDriverClassic': true,
      'webkitgtk:browserOptions': { binary: miniBrowser, args: ['--automation'] },
    },
  });
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
