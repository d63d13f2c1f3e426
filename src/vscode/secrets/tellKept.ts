import { notify } from '../ui/notifications';
import type { FollowUp } from './destination';

/** Says where values are now, and does what the person chooses to do next. */
export async function tellKept(
  message: string,
  followUps: readonly FollowUp[] = [],
): Promise<void> {
  const titles = followUps.map(({ title }) => title);
  const choice = await notify.info(message, ...titles);
  await followUps.find(({ title }) => title === choice)?.run();
}
