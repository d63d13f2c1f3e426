/** Names under which a container reaches the machine that it runs on. */
const hostsOfContainers: ReadonlySet<string> = new Set([
  'host.docker.internal',
  'gateway.docker.internal',
  'host.containers.internal',
]);

/** Whether what is sent to `host` stays on this machine. @param host as `URL.hostname` has it */
export function isThisMachine(host: string): boolean {
  const name = host.toLowerCase().replace(/\.$/, '');
  return (
    name === 'localhost' ||
    name.endsWith('.localhost') ||
    // What listens everywhere is reached here.
    name === '0.0.0.0' ||
    name === '[::]' ||
    name === '[::1]' ||
    name.startsWith('[::ffff:7f') ||
    hostsOfContainers.has(name) ||
    /^127(?:\.\d{1,3}){3}$/.test(name)
  );
}
