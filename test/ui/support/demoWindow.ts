import { startDemoServers, type DemoServers } from '../../demo/servers/startDemoServers';
import { openWindow, type WindowOptions } from './window';
import type { Workbench } from './workbench';

/** A window on a project of live demo servers, whose variables are set in it. */
export interface DemoWindow {
  readonly demo: DemoServers;
  readonly window: Workbench;
  close(): Promise<void>;
}

/** @param createWorkspace gives the path of a folder that refers to the servers */
export async function openDemoWindow(
  createWorkspace: (demo: DemoServers) => string,
  options: Omit<WindowOptions, 'workspace' | 'env'> = {},
): Promise<DemoWindow> {
  const demo = await startDemoServers();
  const window = await openWindow({
    ...options,
    workspace: createWorkspace(demo),
    env: demo.env,
  });
  return {
    demo,
    window,
    async close() {
      await window.close();
      await demo.stop();
    },
  };
}
