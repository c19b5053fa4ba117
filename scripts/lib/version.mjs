// Read by every Node that knows modules, however old: no new syntax here, and nothing else is imported before the check.
const parts = process.versions.node.split('.').map(Number);

if (parts[0] < 20 || (parts[0] === 20 && parts[1] < 19)) {
  process.stderr.write('Centralita needs Node 20.19 or newer; this is Node ' + process.versions.node + '. Install a newer one from https://nodejs.org.\n');
  process.exit(1);
}
