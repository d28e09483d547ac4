/* SPDX-License-Identifier: GPL-3.0-or-later
 * Starts the page. Styles come first, so that nothing is painted twice, and then the texts, so that there is something to
 * read. */
import './fonts.css';
import './app.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { language } from './i18n/index.svelte';
import { page } from './views/page.svelte';

const target = document.getElementById('app');
void language.start(page.choice.lang).finally(() => target && mount(App, { target }));
