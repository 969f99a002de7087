import { defineConfig } from 'vite';

/** What browsers get: each entry is one classic script, so each is a build of its own. */
const scripts = {
  'sdk-stub': 'src/sdk/browser/stub.ts',
  'sdk-bundle': 'src/sdk/browser/bundle.ts',
  dialog: 'src/dialog/browser/dialog.ts',
  arbiter: 'src/dialog/browser/arbiter.ts',
};

const scriptEnvironments = Object.fromEntries(
  Object.entries(scripts).map(([name, input]) => [
    name.replace('-', '_'),
    {
      consumer: 'client' as const,
      build: {
        outDir: 'dist/browser',
        rollupOptions: {
          input,
          output: {
            format: 'iife' as const,
            entryFileNames: `${name}.js`,
            assetFileNames: `${name}[extname]`,
          },
        },
      },
    },
  ]),
);

/** What Node runs. A few files instead of hundreds: a sandbox starts twice as fast. */
const nodeEnvironment = {
  consumer: 'server' as const,
  build: {
    outDir: 'dist',
    target: 'node24',
    rollupOptions: {
      input: { index: 'src/index.ts', cli: 'src/cli.ts' },
      output: { format: 'es' as const, entryFileNames: '[name].js', chunkFileNames: '[name].js' },
    },
  },
};

export default defineConfig({
  publicDir: false,
  build: {
    target: 'es2022',
    minify: false,
    modulePreload: false,
    emptyOutDir: false,
    cssCodeSplit: false,
  },
  environments: { ...scriptEnvironments, node: nodeEnvironment },
  builder: {
    async buildApp(builder) {
      for (const name of [...Object.keys(scriptEnvironments), 'node']) {
        const environment = builder.environments[name];
        if (environment) await builder.build(environment);
      }
    },
  },
});
