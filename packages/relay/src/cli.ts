#!/usr/bin/env node
// Nothing is imported here before the check: on a Node without node:sqlite even loading the relay would fail, with
// a message that says nothing about Node.
const [major = 0] = process.versions.node.split('.').map(Number);
if (major < 24) {
  console.error(
    `whatsapp-embedded-signup-relay needs Node 24 or later, which has node:sqlite built in; this is Node ${process.version}.`,
  );
  process.exit(1);
}
// A relay waits more than it works, and V8 would trade memory for speed that nobody feels: after two hundred signups at
// once it held more than twice of what it needs. Small space for young objects, and less code kept ready; the limits of
// the heap themselves cannot be changed once Node runs.
const { setFlagsFromString } = await import('node:v8');
setFlagsFromString('--semi-space-growth-factor=1');
setFlagsFromString('--optimize-for-size');
const { main } = await import('./main.ts');
process.exitCode = await main(process.argv.slice(2), process.env);
