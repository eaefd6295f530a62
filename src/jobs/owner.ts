import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';

/** Names a process in leases: machine, process id, and an id of its own, since process ids come round again. */
export const thisOwner = (): string => `${hostname()}/${process.pid}/${randomUUID()}`;

/** True only for a process of this very machine that is gone. Containers have host names of their own, so theirs never are. */
export function isDeadNeighbour(owner: string): boolean {
  const [host, pid] = owner.split('/');
  if (host !== hostname() || pid === undefined || !/^\d+$/.test(pid)) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return typeof error === 'object' && error !== null && 'code' in error && error.code === 'ESRCH';
  }
}
