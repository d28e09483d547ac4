/* SPDX-License-Identifier: GPL-3.0-or-later
 * The token that lets this page change the workspace. `okrug serve` prints an address with it; the page takes it out of the
 * address, so that it is in no bookmark and no shared link, and keeps it for as long as the tab is open. */
const STORED = 'okrug.token';

function stored(): string {
  try {
    return globalThis.sessionStorage?.getItem(STORED) ?? '';
  } catch {
    return ''; // storage is switched off: the token lasts until the page is left
  }
}

class Access {
  token = $state('');
  /** The server said no to the token that there was: it has been started anew since. */
  refused = $state(false);

  constructor() {
    this.token = stored();
    this.take();
  }

  /** Takes the token from the fragment, where there is one. */
  take = (): void => {
    if (typeof location === 'undefined') return;
    const found = /^#token=([0-9a-f]{64})$/.exec(location.hash)?.[1];
    if (!found) return;
    this.#keep(found);
    this.refused = false;
    history.replaceState(history.state, '', `${location.pathname}${location.search}`);
  };

  refuse(): void {
    this.#keep('');
    this.refused = true;
  }

  #keep(token: string): void {
    this.token = token;
    try {
      if (token) sessionStorage.setItem(STORED, token);
      else sessionStorage.removeItem(STORED);
    } catch {
      // As above.
    }
  }
}

export const access = new Access();
