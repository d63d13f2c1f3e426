/**
 * Preloaded into a program of somebody else's (`node --import`): ends it, and the process group it
 * heads, when the process that started it is gone. A killed process cannot tell its children.
 */
const parent = process.ppid;
setInterval(() => {
  if (process.ppid === parent) {
    return;
  }
  try {
    process.kill(-process.pid, 'SIGKILL');
  } catch {
    process.exit(1);
  }
}, 1000).unref();
