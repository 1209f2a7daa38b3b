// Small parts that several pages use.
import { h } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { post } from './api.js';
import { store } from './state.js';

export const cx = (...names) => names.filter(Boolean).join(' ');

const TONES = { completed: 'good', healthy: 'good', up: 'good', closed: 'good', partial: 'warn', degraded: 'warn', 'half open': 'warn', running: 'busy', failed: 'bad', unhealthy: 'bad', down: 'bad', silent: 'bad', open: 'bad', unknown: 'dim', parked: 'warn', replayed: 'busy', resolved: 'good', superseded: 'dim', discarded: 'dim', paused: 'warn', finished: 'good', stopped: 'dim', abandoned: 'bad', yielding: 'busy', waiting: 'busy', preparing: 'busy' };
export const tone = state => TONES[state] ?? 'dim';

// State in a word and a shape, never in a colour alone.
export function Pill({ state, children }) {
  return h('span', { class: 'pill ' + tone(state) }, h('i', { 'aria-hidden': 'true' }), children ?? state);
}

export function Page({ title, lead, actions, children }) {
  const head = useRef(null);
  useEffect(() => {
    document.title = title + ' · Listing Sync';
    head.current?.focus({ preventScroll: true });
  }, [title]);
  return h('div', { class: 'page' },
    h('header', { class: 'page-head' },
      h('div', null, h('h1', { ref: head, tabIndex: -1 }, title), lead && h('p', { class: 'lead' }, lead)),
      actions && h('div', { class: 'actions' }, actions)),
    children);
}

export function Card({ title, note, children, wide, id }) {
  return h('section', { class: cx('card', wide && 'wide'), 'aria-labelledby': id },
    title && h('header', null, h('h2', { id }, title), note && h('span', { class: 'note' }, note)),
    children);
}

export function Figure({ label, value, unit, state }) {
  return h('div', { class: cx('figure', state) }, h('dt', null, label), h('dd', null, value, unit && h('small', null, ' ' + unit)));
}

// A table that scrolls within itself on a narrow screen, and leaves minor columns out there; numbers to the right.
export function Table({ caption, columns, rows, empty }) {
  if (!rows.length) return h('p', { class: 'empty' }, empty ?? 'Nothing yet.');
  return h('div', { class: 'table', tabIndex: 0, role: 'region', 'aria-label': caption + ', table' },
    h('table', null,
      h('caption', { class: 'sr' }, caption),
      h('thead', null, h('tr', null, columns.map(c => h('th', { scope: 'col', class: cx(c.num && 'num', c.minor && 'minor') }, c.name || h('span', { class: 'sr' }, 'What to do'))))),
      h('tbody', null, rows.map(row => h('tr', { key: row.key, class: row.class },
        columns.map((c, i) => h(i === 0 ? 'th' : 'td', { scope: i === 0 ? 'row' : undefined, class: cx(c.num && 'num', c.minor && 'minor') }, row.cells[i])))))));
}

export function Bar({ value, max, label, state }) {
  const known = max != null && max > 0;
  const share = known ? Math.min(100, Math.floor((value * 100) / max)) : null;
  return h('div', { class: cx('bar', state, !known && 'open'), role: 'progressbar', 'aria-label': label, 'aria-valuemin': 0, 'aria-valuemax': 100, 'aria-valuenow': share ?? undefined },
    h('svg', { viewBox: '0 0 100 4', preserveAspectRatio: 'none', 'aria-hidden': 'true' }, h('rect', { width: known ? share : 30, height: 4 })));
}

export function Notice({ state = 'bad', children }) {
  return h('div', { class: 'notice ' + state, role: state === 'bad' ? 'alert' : 'status' }, children);
}

export const mayOperate = () => store.session?.role === 'operator';

// Asks before it does, says what came of it.
export function Confirm({ label, title, children, body, path, done, danger, disabled }) {
  const dialog = useRef(null);
  const [state, set] = useState({ busy: false, problem: '' });
  const go = async event => {
    event.preventDefault();
    set({ busy: true, problem: '' });
    try {
      const answer = await post(path, body);
      dialog.current.close();
      set({ busy: false, problem: '' });
      done?.(answer);
    } catch (e) {
      set({ busy: false, problem: e.message });
    }
  };
  return [
    h('button', { type: 'button', class: cx('button', danger && 'danger'), disabled, onClick: () => { set({ busy: false, problem: '' }); dialog.current.showModal(); } }, label),
    h('dialog', { ref: dialog, 'aria-label': title },
      h('form', { method: 'dialog', onSubmit: go },
        h('h2', null, title),
        children,
        state.problem && h(Notice, null, state.problem),
        h('div', { class: 'actions' },
          h('button', { type: 'button', class: 'button quiet', onClick: () => dialog.current.close() }, 'Cancel'),
          h('button', { type: 'submit', class: cx('button primary', danger && 'danger'), disabled: state.busy }, state.busy ? 'Asking …' : label)))),
  ];
}
