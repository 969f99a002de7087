import { defineConfig } from 'vite';

/** Each entry is one classic script, so each is a build of its own. */
const entries = {
  'sdk-stub': 'src/sdk/browser/stub.ts',
  'sdk-bundle': 'src/sdk/browser/bundle.ts',
  dialog: 'src/dialog/browser/dialog.ts',
  arbiter: 'src/dialog/browser/arbiter.ts',
};

export default defineConfig({
  publicDir: false,
  build: {
    outDir: 'dist/browser',
    target: 'es2022',
    minify: false,
    modulePreload: false,
    emptyOutDir: false,
    cssCodeSplit: false,
  },
  environments: Object.fromEntries(
    Object.entries(entries).map(([name, input]) => [
      name.replace('-', '_'),
      {
        consumer: 'client' as const,
        build: {
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
  ),
  builder: {
    async buildApp(builder) {
      for (const name of Object.keys(entries)) {
        const environment = builder.environments[name.replace('-', '_')];
        if (environment) await builder.build(environment);
      }
    },
  },
});
