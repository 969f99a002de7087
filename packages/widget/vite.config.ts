import { defineConfig } from 'vite';

/** The npm build: one file a module, Lit left to the site's own bundler. */
export default defineConfig({
  build: {
    target: 'es2022',
    minify: false,
    lib: {
      entry: { index: 'src/index.ts', define: 'src/define.ts', protocol: 'src/protocol.ts' },
      formats: ['es'],
    },
    rolldownOptions: { external: /^lit/, output: { preserveModules: true } },
  },
});
