/* SPDX-License-Identifier: GPL-3.0-or-later
 * The jobs of the workspace as this page knows them. A browser has few connections to one server and a server few streams,
 * so one job is followed at a time, the one that runs or is next, and only while the page is in sight; whatever happens to it
 * is a reason to ask for the list again. Where the server is gone the page asks again, at longer and longer intervals. */
import { ApiError, type Job, type JobRequest } from '../api/client';
import { cancelJob, followJob, getJobs, isOpen, postJob } from '../api/jobs';
import { page } from './page.svelte';

const LONGEST_WAIT = 8000; /* ms */
const GLANCE = 2000; /* ms between looks at the jobs that are not followed */

class Work {
  jobs = $state.raw<Job[]>([]);
  lost = $state(false);
  /** The time, for what has elapsed; it goes on while there is an open job. */
  now = $state(Date.now());

  #followed = 0;
  #unfollow: (() => void) | undefined;
  #wait = 500;
  #later: ReturnType<typeof setTimeout> | undefined;
  #clock: ReturnType<typeof setInterval> | undefined;
  #looked = 0;
  /** Those that were asked for here: their results are shown when they come. */
  readonly #own = new Set<number>();

  /** Begins to follow; the function returned ends it. */
  begin = (): (() => void) => {
    const seen = () => (document.hidden ? this.#stop() : void this.refresh());
    document.addEventListener('visibilitychange', seen);
    this.#clock = setInterval(this.#tick, 500);
    void this.refresh();
    return () => {
      document.removeEventListener('visibilitychange', seen);
      clearInterval(this.#clock);
      this.#stop();
    };
  };

  refresh = async (): Promise<void> => {
    clearTimeout(this.#later);
    this.#looked = Date.now();
    try {
      const jobs = await getJobs();
      this.lost = false;
      for (const job of jobs) this.#ended(job);
      this.jobs = jobs;
      this.#follow();
    } catch (fault) {
      if (fault instanceof ApiError && fault.status < 500) throw fault;
      this.lost = true;
      this.#again();
    }
  };

  start = async (request: JobRequest): Promise<Job> => {
    const job = await postJob(request);
    this.#own.add(job.id);
    this.#take(job);
    this.#follow();
    return job;
  };

  cancel = async (id: number): Promise<void> => {
    this.#take(await cancelJob(id));
  };

  #tick = (): void => {
    const open = this.jobs.filter(isOpen);
    if (open.length === 0 || document.hidden) return;
    this.now = Date.now();
    if (open.length > 1 && !this.lost && this.now - this.#looked > GLANCE) void this.refresh();
  };

  #take(job: Job): void {
    this.#ended(job);
    const others = this.jobs.filter((one) => one.id !== job.id);
    this.jobs = [job, ...others].sort((a, b) => b.id - a.id);
  }

  /** A job that was open and is no longer. */
  #ended(job: Job): void {
    const before = this.jobs.find((one) => one.id === job.id);
    if (isOpen(job) || (before && !isOpen(before)) || (!before && !this.#own.has(job.id))) return;
    if (job.state !== 'done') return;
    const { result } = job;
    page.refresh().then(
      () => {
        if (result !== null && this.#own.delete(job.id)) page.change({ outcome: result, than: '' });
      },
      () => this.#again(),
    );
  }

  #follow(): void {
    const open = this.jobs.filter(isOpen);
    const next = open.findLast((job) => job.state === 'running') ?? open.at(-1);
    if (next?.id === this.#followed && this.#unfollow) return;
    this.#stop();
    if (!next || document.hidden) return;
    this.#followed = next.id;
    this.#unfollow = followJob(
      next.id,
      (job) => {
        this.#wait = 500;
        this.#take(job);
        if (isOpen(job)) return;
        this.#stop();
        void this.refresh();
      },
      () => {
        this.#stop();
        this.#again();
      },
    );
  }

  #again(): void {
    clearTimeout(this.#later);
    this.#later = setTimeout(() => void this.refresh(), this.#wait);
    this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT);
  }

  #stop(): void {
    this.#unfollow?.();
    this.#unfollow = undefined;
    this.#followed = 0;
    clearTimeout(this.#later);
  }
}

export const work = new Work();
