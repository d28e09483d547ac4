/* SPDX-License-Identifier: GPL-3.0-or-later
 * An import under way: the file that was sent, the reader's choices, and what the server says of them. Every choice asks
 * anew, a little later than the last one; an answer that was overtaken by a choice is dropped. */
import { ApiError, type Message } from '../api/client';
import {
  forget, getChanges, getKinds, importFile, preview, send, undo, type Change, type Kind, type Preview, type Sending, type Upload,
} from '../api/imports';
import { emptyAbout, emptyDraft, isName, nameFor, readOptions, writeAbout, writeOptions, type About, type Draft } from '../state/importing';
import { page } from './page.svelte';

const PAUSE = 350; /* ms without a choice before the server is asked */

const said = (fault: unknown): Message[] =>
  fault instanceof ApiError && fault.messages.length > 0 ? fault.messages : [{ code: 'web-lost', arguments: {} }];

class Importing {
  file = $state.raw<File | undefined>(undefined);
  /** The share of the file that is sent; undefined: nothing is being sent. */
  share = $state<number | undefined>(undefined);
  upload = $state.raw<Upload | undefined>(undefined);
  /** Why the file, or the last question about it, was refused. */
  refused = $state.raw<Message[]>([]);

  kinds = $state.raw<Kind[]>([]);
  part = $state<string | null>(null);
  kind = $state('');
  draft = $state<Draft>(emptyDraft());
  about = $state<About>(emptyAbout());
  id = $state('');
  replace = $state(false);

  seen = $state.raw<Preview | undefined>(undefined);
  looking = $state(false);
  remembered = $state(false);
  saving = $state(false);
  outcome = $state.raw<{ dataset: string; change: number; file: string; undone: boolean } | undefined>(undefined);

  changes = $state.raw<Change[]>([]);

  #sending: Sending | undefined;
  #later: ReturnType<typeof setTimeout> | undefined;
  #asked = 0;
  /** Nothing was chosen yet for this kind of this part: what is remembered may be used. */
  #fresh = true;

  get chosenKind(): Kind | undefined {
    return this.kinds.find((kind) => kind.id === this.kind);
  }
  get needsPart(): boolean {
    return (this.upload?.parts.length ?? 0) > 1 && this.part === null;
  }
  get options() {
    return [...writeOptions(this.draft), ...writeAbout(this.about)];
  }
  get taken(): boolean {
    return page.datasets.has(this.id.trim());
  }

  /** Another file, or (`keep`) a mended one, for which the choices stay. */
  take = async (file: File, keep = this.seen !== undefined && file.name === this.upload?.name): Promise<void> => {
    const { part, kind, draft, about, id } = this;
    const named = id !== nameFor(this.upload?.name ?? '');
    this.drop();
    this.file = file;
    this.share = 0;
    const sending = send(file, (share) => (this.share = share));
    this.#sending = sending;
    try {
      const [upload, kinds] = await Promise.all([sending.done, this.kinds.length > 0 ? this.kinds : getKinds()]);
      this.kinds = kinds;
      this.upload = upload;
      const [only, ...more] = upload.parts;
      this.part = only && more.length === 0 && only.kind !== 'file' ? only.name : null;
      this.id = nameFor(upload.name);
      if (keep) {
        Object.assign(this, { kind, draft, about, ...(named && { id }) });
        if (upload.parts.some((one) => one.name === part)) this.part = part;
        this.#fresh = false;
        await this.#look();
      }
    } catch (fault) {
      this.refused = said(fault);
    } finally {
      if (this.#sending === sending) this.share = undefined;
    }
  };

  /** Puts the file away: what was being sent is cancelled, what was sent is deleted. */
  drop = (): void => {
    this.#sending?.cancel();
    this.#sending = undefined;
    if (this.upload) forget(this.upload.id);
    this.#clear();
    this.outcome = undefined;
  };

  #clear(): void {
    this.file = undefined;
    this.share = undefined;
    this.upload = undefined;
    this.refused = [];
    this.part = null;
    this.kind = '';
    this.about = emptyAbout();
    this.id = '';
    this.#restart();
    this.seen = undefined;
  }

  #restart(): void {
    clearTimeout(this.#later);
    this.#asked++;
    this.#fresh = true;
    this.draft = emptyDraft();
    this.remembered = false;
    this.replace = false;
    this.looking = false;
  }

  choosePart = (part: string): void => {
    this.part = part;
    this.seen = undefined;
    this.#restart();
    void this.#look();
  };
  chooseKind = (kind: string): void => {
    this.kind = kind;
    this.seen = undefined;
    this.#restart();
    void this.#look();
  };

  /** A choice was made. */
  changed = (): void => {
    this.#fresh = false;
    clearTimeout(this.#later);
    this.#later = setTimeout(() => void this.#look(), PAUSE);
  };
  startAnew = (): void => {
    this.draft = emptyDraft();
    this.remembered = false;
    this.#fresh = false;
    void this.#look();
  };
  /** Another name: other datasets to compare with. */
  named = (): void => {
    this.replace = false;
    this.changed();
  };

  #request() {
    return { upload: this.upload?.id ?? '', part: this.part, kind: this.kind, options: this.options, remembered: this.#fresh };
  }

  async #look(): Promise<void> {
    if (!this.upload || this.kind === '' || this.needsPart) return;
    const asked = ++this.#asked;
    const fresh = this.#fresh;
    this.looking = true;
    try {
      const id = this.id.trim();
      const seen = await preview({ ...this.#request(), ...(isName(id) && { id }) });
      if (asked !== this.#asked) return;
      if (fresh && seen.remembered) {
        this.draft = readOptions(seen.options);
        this.remembered = true;
      }
      this.#fresh = false;
      this.seen = seen;
      this.refused = [];
    } catch (fault) {
      if (asked === this.#asked) this.refused = said(fault);
    } finally {
      if (asked === this.#asked) this.looking = false;
    }
  }

  import = async (): Promise<void> => {
    if (!this.upload || !this.file) return;
    this.saving = true;
    clearTimeout(this.#later);
    this.#asked++; /* what is still being looked at does not matter any more */
    this.looking = false;
    const file = this.file.name;
    try {
      const { dataset, change } = await importFile({ ...this.#request(), id: this.id.trim(), replace: this.replace });
      this.upload = undefined; /* it is no upload any more */
      this.#clear();
      this.outcome = { dataset, change, file, undone: false };
      await page.reload();
    } catch (fault) {
      this.refused = said(fault);
    } finally {
      this.saving = false;
    }
  };

  /* ---- Changes ---- */

  /** The change that undo would take back. */
  get newest(): Change | undefined {
    return this.changes.find((change) => !change.undone);
  }

  refreshChanges = async (): Promise<void> => {
    this.changes = await getChanges().catch(() => this.changes);
  };

  undo = async (): Promise<void> => {
    this.saving = true;
    try {
      const change = await undo();
      if (this.outcome?.change === change.id) this.outcome = { ...this.outcome, undone: true };
      await page.reload();
    } catch (fault) {
      this.refused = said(fault);
    } finally {
      this.saving = false;
      await this.refreshChanges();
    }
  };
}

export const importing = new Importing();
