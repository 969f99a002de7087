import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';

const folder = new URL('./dist/cdn/', import.meta.url);
const { version } = JSON.parse(readFileSync(new URL('./package.json', import.meta.url), 'utf8')) as {
  version: string;
};

/** The script-tag build: one classic script with Lit and English, nothing fetched after it. */
export default defineConfig({
  plugins: [denseTemplates(), integrity()],
  resolve: {
    alias: [
      {
        find: /^\.\/css-tag\.js$/,
        replacement: fileURLToPath(new URL('./src/cdn/css-tag.ts', import.meta.url)),
      },
    ],
  },
  build: {
    target: 'es2022',
    // One per cent smaller than the default here, and escapes what is not ASCII: a page may be in any encoding.
    minify: 'terser',
    terserOptions: {
      ecma: 2020,
      compress: { passes: 3, unsafe_arrows: true, keep_fargs: false },
      format: { ascii_only: true, comments: false, preamble: '/*! MIT. Lit: (c) Google, BSD-3-Clause */' },
    },
    outDir: 'dist/cdn',
    lib: { entry: 'src/script.ts', formats: ['iife'], name: 'unused', fileName: () => 'widget.js' },
  },
});

/** Takes the indentation out of css and html templates, where it shows nowhere. */
function denseTemplates(): Plugin {
  return {
    name: 'dense-templates',
    enforce: 'pre',
    transform(code, id) {
      if (!id.includes('/widget/src/')) return null;
      return (
        code
          .replace(/\bcss`[^`]*`/g, (css) =>
            css.replace(/\s+/g, ' ').replace(/\s*([{};,])\s*|(:)\s+/g, '$1$2'),
          )
          // Between tags and values, and before attributes: formatted code has no such lines outside a template.
          .replace(/(?<=>|\})\s*\n\s*(?=<)|(?<=>)\s*\n\s*(?=\$\{)/g, '')
          .replace(/\n\s+(?=(?:[?@]?[a-z-]+=["$]|>))/g, ' ')
      );
    },
  };
}

/** Writes the hash that a page pins beside the file, and says what the file weighs. */
function integrity(): Plugin {
  return {
    name: 'integrity',
    writeBundle() {
      const bytes = readFileSync(new URL('widget.js', folder));
      const hash = createHash('sha384').update(bytes).digest('base64');
      const facts = { version, file: 'widget.js', integrity: `sha384-${hash}` };
      writeFileSync(new URL('integrity.json', folder), `${JSON.stringify(facts, null, 2)}\n`);
      this.info(`widget.js ${gzipSync(bytes, { level: 9 }).length} B gzip`);
    },
  };
}
