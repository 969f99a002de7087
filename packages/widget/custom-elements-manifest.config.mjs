/** One source for the documentation: the comments of the element's class. */
export default {
  globs: ['src/element.ts', 'src/events.ts'],
  outdir: '.',
  litelement: true,
  packagejson: false,
};
