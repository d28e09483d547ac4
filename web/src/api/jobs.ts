/* SPDX-License-Identifier: GPL-3.0-or-later
 * Jobs of the server: asking for one, calling it off, and hearing of its progress. */
import { address, get, post, type Job, type JobRequest } from './client';

export const getJobs = async () => (await get<{ jobs: Job[] }>('jobs')).jobs;
export const postJob = (request: JobRequest) => post<Job>('jobs', request);
export const cancelJob = (id: number) => post<Job>(`jobs/${id}/cancel`);

export const isOpen = (job: Job): boolean => job.state === 'queued' || job.state === 'running';

/** Hears of a job until it is over or the returned function is called; `onlost` where the stream breaks off before. */
export function followJob(id: number, onjob: (job: Job) => void, onlost: () => void): () => void {
  const stream = new EventSource(address(`jobs/${id}/events`));
  stream.addEventListener('job', (event) => {
    const job = JSON.parse((event as MessageEvent<string>).data) as Job;
    if (!isOpen(job)) stream.close();
    onjob(job);
  });
  // The browser would come back by itself, but neither after every fault nor in a time that anyone knows.
  stream.addEventListener('error', () => {
    stream.close();
    onlost();
  });
  return () => stream.close();
}
