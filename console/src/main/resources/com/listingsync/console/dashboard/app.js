// The page: who may see it, which part of it is shown, and whether the console is there.
import { h, render } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Alert, Alerts } from './alerts.js';
import { hasKey, useKey } from './api.js';
import { ago } from './format.js';
import { Activity, Feeds, Pauses, Replays, Run, Runs, Settings, Topics } from './pages.js';
import { LetterPage, Letters } from './letters.js';
import { ListingPage, Listings } from './listings.js';
import { Notice, cx } from './parts.js';
import { Overview, Verdict, troubles } from './pipeline.js';
import { open, useNow, useStore } from './state.js';

const PAGES = [
  { path: '', name: 'Overview', icon: 'M3 12h4l3-7 4 14 3-7h4', page: () => h(Overview) },
  { path: 'alerts', name: 'Alerts', icon: 'M6 16V11a6 6 0 0 1 12 0v5l2 2H4zM10 21h4', page: name => (name ? h(Alert, { name, key: name }) : h(Alerts)) },
  { path: 'runs', name: 'Runs', icon: 'M4 5v6h6M4.600 15a8 8 0 1 0 1.400-8L4 11', page: id => (id ? h(Run, { id, key: id }) : h(Runs)) },
  { path: 'feeds', name: 'Connections', icon: 'M7 7l10 10M7 17 17 7M5 5h4v4H5zM15 5h4v4h-4zM5 15h4v4H5zM15 15h4v4h-4z', page: () => h(Feeds) },
  { path: 'listings', also: 'listing', name: 'Listings', icon: 'M4 11.500 12 5l8 6.500V20H4zM10 20v-6h4v6', page: words => h(Listings, { words, key: words }) },
  { path: 'letters', name: 'Dead letters', icon: 'M4 6h16v12H4zM4 7l8 6 8-6', page: (...id) => (id[0] === 'of-run' ? h(Letters, { run: id[1], key: id[1] }) : id[0] ? h(LetterPage, { id: id.join('/'), key: id.join('/') }) : h(Letters)) },
  { path: 'replays', name: 'Replays', icon: 'M4 12a8 8 0 0 1 14-5l2 2M20 4v5h-5M20 12a8 8 0 0 1-14 5l-2-2M4 20v-5h5', page: () => h(Replays) },
  { path: 'topics', name: 'Topics', icon: 'M4 7c0-3 16-3 16 0s-16 3-16 0v10c0 3 16 3 16 0V7M4 12c0 3 16 3 16 0', page: () => h(Topics) },
  { path: 'activity', name: 'Activity', icon: 'M8 6h12M8 12h12M8 18h12M4 6h.01M4 12h.01M4 18h.01', page: () => h(Activity) },
  { path: 'settings', name: 'Settings', icon: 'M4 8h10M18 8h2M4 16h2M10 16h10M16 6v4M8 14v4', page: () => h(Settings) },
];

const place = () => location.hash.replace(/^#\/?/, '').split('/').map(part => { try { return decodeURIComponent(part); } catch { return part; } });

const THEMES = ['auto', 'light', 'dark'];
function Theme() {
  const [theme, set] = useState(localStorage.getItem('listing-sync-theme') ?? 'auto');
  useEffect(() => {
    if (theme === 'auto') document.documentElement.removeAttribute('data-theme');
    else document.documentElement.dataset.theme = theme;
    localStorage.setItem('listing-sync-theme', theme);
    dispatchEvent(new Event('theme'));
  }, [theme]);
  return h('button', { type: 'button', class: 'button quiet theme', onClick: () => set(THEMES[(THEMES.indexOf(theme) + 1) % 3]) }, 'Theme: ' + theme);
}

function Link() {
  const { link, since, linkProblem } = useStore();
  const now = useNow();
  if (link === 'lost') return h(Notice, null, h('strong', null, 'The console does not answer'), ' (since ' + ago(since, now).replace(' ago', '') + '). What you see is from before; this page comes back by itself. ', h('span', { class: 'note' }, linkProblem));
  return null;
}

function Door() {
  const { linkProblem } = useStore();
  const [key, set] = useState('');
  const enter = event => {
    event.preventDefault();
    useKey(key.trim());
    open();
  };
  return h('main', { class: 'door' },
    h('form', { onSubmit: enter },
      h('img', { src: '/assets/icon.svg', alt: '', width: 40, height: 40 }),
      h('h1', null, 'Listing Sync'),
      h('p', null, 'This console asks for an API key. It stays in this tab and goes when you close it.'),
      linkProblem && h(Notice, null, linkProblem),
      h('label', { for: 'key' }, 'API key'),
      h('input', { id: 'key', type: 'password', autocomplete: 'off', spellcheck: false, required: true, value: key, onInput: e => set(e.target.value) }),
      h('button', { type: 'submit', class: 'button primary' }, 'Open')));
}

function App() {
  const s = useStore();
  const [at, go] = useState(place());
  useEffect(() => {
    const moved = () => { go(place()); scrollTo(0, 0); };
    addEventListener('hashchange', moved);
    return () => removeEventListener('hashchange', moved);
  }, []);
  if (s.link === 'refused') return h(Door);
  const current = PAGES.find(p => p.path === at[0] || p.also === at[0]) ?? PAGES[0];
  const wrong = troubles(s.pipeline).length;
  const firing = s.pipeline?.alerts.length ?? 0;
  const away = s.link === 'lost';
  return h('div', { class: cx('app', away && 'away') },
    h('a', { class: 'skip', href: '#main', onClick: e => { e.preventDefault(); document.getElementById('main').focus(); } }, 'Skip to the page'),
    h('aside', null,
      h('a', { class: 'brand', href: '#/' }, h('img', { src: '/assets/icon.svg', alt: '', width: 28, height: 28 }), h('span', null, 'Listing Sync')),
      h('nav', { 'aria-label': 'Pages' }, h('ul', null, PAGES.map(p => h('li', null,
        h('a', { href: '#/' + p.path, 'aria-current': p === current ? 'page' : undefined },
          h('svg', { viewBox: '0 0 24 24', 'aria-hidden': 'true' }, h('path', { d: p.icon })), h('span', null, p.name),
          p.path === '' && wrong > 0 && h('b', { class: 'badge' }, wrong, h('span', { class: 'sr' }, ' wrong')),
          p.path === 'alerts' && firing > 0 && h('b', { class: 'badge' }, firing, h('span', { class: 'sr' }, ' firing'))))))),
      h('div', { class: 'foot' }, h(Theme), hasKey() && h('button', { type: 'button', class: 'button quiet', onClick: () => { useKey(''); open(); } }, 'Forget the key'))),
    h('main', { id: 'main', tabIndex: -1 },
      h('div', { class: 'topline' }, away ? h('p', { class: 'verdict bad', role: 'status' }, h('i', { 'aria-hidden': 'true' }), 'No connection to the console') : h(Verdict)),
      h('div', { 'aria-live': 'assertive' }, h(Link)),
      s.link === 'live' && h(Pauses),
      at[0] === 'listing' && at[1] ? h(ListingPage, { id: at[1], key: at[1] }) : current.page(...at.slice(1))));
}

const saved = localStorage.getItem('listing-sync-theme');
if (saved && saved !== 'auto') document.documentElement.dataset.theme = saved;
open();
const root = document.getElementById('app');
root.replaceChildren();
render(h(App), root);
