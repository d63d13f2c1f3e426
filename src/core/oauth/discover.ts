import { discoverIn, type ChooseIssuer, type Discovered, type DiscoveryTarget } from './discovery';
import { runFlow, type Outcome, type SignInPorts } from './flow';

/** Finds who issues tokens for a server, and sends nothing but requests for metadata. */
export function discover(
  target: DiscoveryTarget,
  ports: SignInPorts,
  signal: AbortSignal,
  chooseIssuer?: ChooseIssuer,
): Promise<Outcome<Discovered>> {
  return runFlow(ports, target.serverUrl, signal, (flow) => discoverIn(flow, target, chooseIssuer));
}
