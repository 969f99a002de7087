/** What the test runner puts into a page. */
declare function describe(name: string, define: () => void): void;
declare function it(name: string, run: () => unknown): void;
declare function afterEach(run: () => unknown): void;
declare function before(run: () => unknown): void;
