/* SPDX-License-Identifier: GPL-3.0-or-later
 * Starts the page. Styles come first, so that nothing is painted twice. */
import './fonts.css';
import './app.css';
import { mount } from 'svelte';
import App from './App.svelte';

const target = document.getElementById('app');
if (target) mount(App, { target });
