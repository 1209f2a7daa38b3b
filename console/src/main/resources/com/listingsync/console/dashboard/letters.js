// Dead letters: by cause, one by one, and what to do about them.
import { h } from 'preact';
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import * as api from './api.js';
import { ago, count, moment } from './format.js';
import { Bar, Card, Confirm, Figure, Notice, Page, Pill, Table, cx, mayOperate } from './parts.js';
import { useNow, useStore } from './state.js';

const ROW = 44;
const PAGE = 250;

const atTop = box => (box?.scrollTop ?? 0) < ROW;

const query = filter => Object.entries(filter).flatMap(([name, values]) => values.map(v => name + '=' + encodeURIComponent(v))).join('&');

function useDocument(path, again) {
  const [state, set] = useState({ data: null, problem: '' });
  const { link, lettersDone } = useStore();
  useEffect(() => {
    const abort = new AbortController();
    const ask = () => api.get(path, abort.signal).then(data => set({ data, problem: '' }), e => { if (e.name !== 'AbortError') set(b => ({ data: b.data, problem: e.message })); });
    ask();
    const timer = setInterval(() => { if (!document.hidden) ask(); }, 5000);
    return () => { abort.abort(); clearInterval(timer); };
  }, [path, link, again, lettersDone]);
  return state;
}

// What keeps a list from being there; of a first reading, how far it has come. Whoever shows it asks again.
function Waiting({ problem }) {
  const { lettersRead } = useStore();
  return /being read/.test(problem)
    ? h('p', { class: 'empty', role: 'status' }, h(Bar, { value: 0, max: null, label: 'Reading dead letters' }), 'Reading dead letters, ' + count(Math.max(lettersRead, Number((/[\d,]+(?= so far)/.exec(problem)?.[0] ?? '0').replaceAll(',', '')))) + ' so far. This page fills itself.')
    : h(Notice, { state: 'warn' }, problem);
}

// A list of any length: only the rows in sight are in the page, the same ones filled anew as it is scrolled (so they have no keys), and pages of the list are fetched as they come into sight.
function LongList({ filter, again, pulse }) {
  const box = useRef(null);
  const [top, setTop] = useState(0);
  const [state, set] = useState({ items: [], next: '', total: 0, problem: '' });
  const asking = useRef('');
  const { lettersDone } = useStore();
  const path = '/api/dead-letters?limit=' + PAGE + (query(filter) ? '&' + query(filter) : '');

  const more = useCallback(async (before, cursor, signal) => {
    const wanted = path + ' ' + cursor;
    if (asking.current === wanted) return;
    asking.current = wanted;
    try {
      const page = await api.get(path + (cursor ? '&cursor=' + cursor : ''), signal);
      // Somebody has chosen another list, or done something about this one, meanwhile.
      if (asking.current !== wanted) return;
      const whole = { items: [...before, ...page.items], next: page.next, total: page.total, problem: '' };
      // Whoever has scrolled on while the top was looked at again keeps their place and what is there.
      set(b => (!cursor && b.items.length > page.items.length && !atTop(box.current) ? { ...b, total: page.total, problem: '' } : whole));
    } catch (e) {
      if (e.name !== 'AbortError') set(b => ({ ...b, problem: e.message }));
    } finally {
      if (asking.current === wanted) asking.current = '';
    }
  }, [path]);

  useEffect(() => {
    const abort = new AbortController();
    asking.current = '';
    set({ items: [], next: '', total: 0, problem: '' });
    more([], '', abort.signal);
    if (box.current) box.current.scrollTop = 0;
    return () => abort.abort();
  }, [path, again]);

  // What is new shows at once to whoever looks at the top; whoever has scrolled keeps their place.
  useEffect(() => {
    const look = () => { if (!document.hidden && atTop(box.current)) more([], ''); };
    if (state.next !== '') look();
    const timer = setInterval(look, 4000);
    return () => clearInterval(timer);
  }, [pulse, path, lettersDone]);

  const height = 520;
  const first = Math.max(0, Math.floor(top / ROW) - 4);
  const last = Math.min(state.items.length, first + Math.ceil(height / ROW) + 8);
  useEffect(() => {
    if (state.next && last >= state.items.length - 20) more(state.items, state.next);
  }, [last, state.items.length, state.next]);

  if (state.problem && !state.items.length) return h(Waiting, { problem: state.problem });
  if (!state.items.length) return h('p', { class: 'empty' }, state.next === '' ? 'Asking …' : 'There is no such dead letter.');
  return h('div', null,
    h('p', { class: 'note' }, count(state.total) + (state.total === 1 ? ' letter' : ' letters') + (state.items.length < state.total ? ', the newest first; more come as you scroll' : ', the newest first')),
    h('div', { class: 'long', ref: box, tabIndex: 0, role: 'region', 'aria-label': 'Dead letters', onScroll: e => setTop(e.target.scrollTop) },
      h('ul', { class: 'long-inner', ref: el => el && (el.style.height = state.items.length * ROW + 'px') },
        state.items.slice(first, last).map((letter, i) => h('li', { 'aria-setsize': state.total, 'aria-posinset': first + i + 1, ref: el => el && (el.style.transform = 'translateY(' + (first + i) * ROW + 'px)') },
          h('a', { href: '#/letters/' + letter.id }, [letter.table ?? letter.entity, letter.listing, letter.child !== letter.listing && letter.child].filter(Boolean).join(' ') || letter.id),
          h('span', { class: 'code' }, letter.code, letter.column && ' · ' + letter.column),
          h('span', { class: 'message', title: letter.message }, letter.message),
          h(Pill, { state: letter.state }),
          h('time', { class: 'note', dateTime: letter.at }, moment(letter.at)))))));
}

const STATES = ['open', 'parked', 'replayed', 'resolved', 'superseded', 'discarded'];

export function Letters({ run }) {
  const [again, bump] = useState(0);
  const [filter, setFilter] = useState({ state: run ? [] : ['open', 'parked'], stage: [], code: [], key: [], run: run ? [run] : [] });
  const { data, problem } = useDocument('/api/dead-letters/stats' + (run ? '?run=' + encodeURIComponent(run) : ''), again);
  const now = useNow(5000);
  const picked = filter.code.length > 0;
  const waiting = data ? data.states.open + data.states.parked : null;
  const selection = { ...(picked && { code: filter.code, stage: filter.stage }), ...(filter.key.length && { key: filter.key }), ...(run && { run: [run] }), state: ['open'] };
  const pick = cause => setFilter(f => f.code[0] === cause.code && f.stage[0] === cause.stage ? { ...f, code: [], stage: [] } : { ...f, code: [cause.code], stage: [cause.stage] });
  const done = () => bump(n => n + 1);
  return h(Page, { title: 'Dead letters', lead: run ? h('span', null, 'Of run ', h('a', { href: '#/runs/' + run }, run), ' only. ', h('a', { href: '#/letters' }, 'All dead letters')) : 'Records that a stage refused. Nothing else waits for them; they wait for you.' },
    problem && h(Waiting, { problem }),
    data && h('dl', { class: 'figures' },
      h(Figure, { label: 'Waiting for you', value: count(waiting), state: waiting ? 'bad' : '' }),
      ...STATES.slice(1).map(s => h(Figure, { key: s, label: s, value: count(data.states[s]) }))),
    h(Card, { title: 'By cause', id: 'c-causes' },
      data && h(Table, { caption: 'Dead letters by cause', empty: 'There is no dead letter.',
        columns: [{ name: 'Cause' }, { name: 'What it means' }, { name: 'Stage' }, { name: 'Waiting', num: true }, { name: 'In all', num: true }, { name: 'Last' }],
        rows: data.causes.map(c => ({ key: c.stage + c.code, class: filter.code[0] === c.code && filter.stage[0] === c.stage ? 'picked' : '', cells: [
          h('button', { type: 'button', class: 'link', 'aria-pressed': filter.code[0] === c.code && filter.stage[0] === c.stage, onClick: () => pick(c) }, c.code),
          h('span', { class: 'wrap' }, c.meaning), c.stage, c.waiting ? h('b', { class: 'bad' }, count(c.waiting)) : '0', count(c.total), ago(c.last, now)] })) })),
    h(Card, { title: picked ? 'Letters of ' + filter.code[0] : 'Letters', id: 'c-letters' },
      h('div', { class: 'card-line' },
        h('label', { class: 'field' }, 'State ', h('select', { value: filter.state.length > 1 ? 'waiting' : filter.state[0] ?? 'all', onChange: e => { const state = e.target.value; setFilter(f => ({ ...f, state: state === 'waiting' ? ['open', 'parked'] : state === 'all' ? [] : [state] })); } },
          h('option', { value: 'waiting' }, 'waiting'), STATES.map(s => h('option', { key: s, value: s }, s)), h('option', { value: 'all' }, 'all'))),
        h('label', { class: 'field' }, 'Listing or row ', h('input', { type: 'search', value: filter.key[0] ?? '', onChange: e => { const key = e.target.value.trim(); setFilter(f => ({ ...f, key: key ? [key] : [] })); } })),
        h('span', { class: 'push actions' },
          h(Confirm, { label: picked ? 'Replay all of ' + filter.code[0] : 'Replay all open', title: 'Replay these letters?', path: '/api/dead-letters/replay', body: selection, disabled: !mayOperate() || !waiting, done },
            h('p', null, 'Sends the records again, to where they failed. What is delivered leaves the list; what is refused again comes back.')))),
      h(LongList, { filter, again, pulse: waiting })));
}

// Lines of two texts side by side: what went, what came.
function Diff({ before, after }) {
  const lines = useMemo(() => {
    const a = before.split('\n');
    const b = after.split('\n');
    if (a.length * b.length > 4e6) return [{ kind: 'same', text: 'too long to compare here' }];
    const table = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
    for (let i = a.length - 1; i >= 0; i--) for (let j = b.length - 1; j >= 0; j--) table[i][j] = a[i] === b[j] ? table[i + 1][j + 1] + 1 : Math.max(table[i + 1][j], table[i][j + 1]);
    const out = [];
    let i = 0, j = 0;
    while (i < a.length || j < b.length) {
      if (i < a.length && j < b.length && a[i] === b[j]) { out.push({ kind: 'same', text: a[i] }); i++; j++; }
      else if (j < b.length && (i === a.length || table[i][j + 1] > table[i + 1][j])) out.push({ kind: 'came', text: b[j++] });
      else out.push({ kind: 'went', text: a[i++] });
    }
    return out.filter((l, n) => l.kind !== 'same' || out.slice(Math.max(0, n - 2), n + 3).some(o => o.kind !== 'same'));
  }, [before, after]);
  if (before === after) return null;
  return h('pre', { class: 'diff', tabIndex: 0, role: 'region', 'aria-label': 'What you have changed' }, lines.map(l => h('span', { class: l.kind }, (l.kind === 'came' ? '+ ' : l.kind === 'went' ? '- ' : '  ') + l.text + '\n')));
}

const times = n => (n === 0 ? 'never' : n === 1 ? 'once' : n + ' times');

// What came of an action, in a sentence.
function outcome(answer) {
  if (answer.replayed > 0) return { state: 'good', text: 'It was sent again to ' + Object.keys(answer.topics ?? {}).join(', ') + '. Whether it is taken shows here.' };
  if (answer.discarded > 0) return { state: 'good', text: 'It was discarded.' };
  if (answer.superseded > 0) return { state: 'warn', text: 'Nothing was sent: a newer record of it is there already.' };
  return { state: 'warn', text: 'Nothing was done: ' + (answer.problems?.[0] ?? 'it does not stand as it did.') };
}

export function LetterPage({ id }) {
  const [again, bump] = useState(0);
  const { data, problem } = useDocument('/api/dead-letters/' + id.split('/').map(encodeURIComponent).join('/'), again);
  const original = data?.value !== undefined ? JSON.stringify(data.value, null, 2) : '';
  const [text, setText] = useState(null);
  const [why, setWhy] = useState('');
  const [told, tell] = useState(null);
  if (!data) return h(Page, { title: 'Dead letter' }, problem ? h(Notice, { state: 'warn' }, problem) : h('p', { class: 'empty' }, 'Asking …'));
  const now = text ?? original;
  let value = null;
  let wrong = '';
  try {
    value = JSON.parse(now);
  } catch (e) {
    wrong = original ? 'This is no JSON yet: ' + e.message : '';
  }
  const edited = text !== null && text !== original;
  const waiting = data.state === 'open' || data.state === 'parked';
  const done = answer => { setText(null); tell(outcome(answer)); bump(n => n + 1); };
  const facts = [['refused by', data.stage], ['code', data.code], ['column', data.column], ['HTTP status', data.httpStatus], ['when', moment(data.at)], ['listing', data.listing && h('a', { href: '#/listing/' + encodeURIComponent(data.listing) }, data.listing)], ['row', data.child], ['table', data.table], ['connection', data.connection && data.connection + (data.feed ? '/' + data.feed : '')], ['run', data.run && h('a', { href: '#/runs/' + data.run }, data.run)], ['tried', times(data.attempts)], ['replayed', times(data.replays)]].filter(([, v]) => v != null && v !== '');
  return h(Page, { title: 'Dead letter', lead: h('span', null, h(Pill, { state: data.state }), ' ', h('code', null, data.id)),
    actions: [
      h(Confirm, { key: 'replay', label: edited ? 'Replay as edited' : 'Replay', title: edited ? 'Replay it as edited?' : 'Replay it?', path: '/api/dead-letters/replay', body: { ids: [data.id], ...(edited && { value }), why: why || undefined }, disabled: !mayOperate() || !waiting && data.state !== 'replayed' || (edited && !!wrong), done },
        h('p', null, edited ? 'The record goes again with what you have changed. The source keeps what it has: its next version counts again.' : 'The record goes again as it was.'), edited && h(Diff, { before: original, after: now })),
      h(Confirm, { key: 'discard', label: 'Discard', title: 'Discard it?', danger: true, path: '/api/dead-letters/discard', body: { ids: [data.id], why }, disabled: !mayOperate() || !waiting, done },
        h('p', null, 'It leaves the list for good. The log keeps it until it has grown too old.'),
        h('label', { for: 'why' }, 'Reason'), h('input', { id: 'why', value: why, required: true, maxLength: 500, onInput: e => setWhy(e.target.value) }))] },
    problem && h(Notice, { state: 'warn' }, problem),
    told && h(Notice, { state: told.state }, told.text),
    h('div', { class: 'columns' },
      h(Card, { title: 'Why', id: 'c-why' }, h('p', { class: 'says' }, data.message), h('p', null, data.explanation.meaning), h('p', { class: 'note' }, data.explanation.fix)),
      h(Card, { title: 'What it is', id: 'c-what' }, h('dl', { class: 'pairs' }, facts.map(([name, v]) => h('div', { key: name }, h('dt', null, name), h('dd', null, v)))))),
    original && h(Card, { title: 'The record', id: 'c-value', note: 'change it here and replay it' },
      h('label', { class: 'sr', for: 'value' }, 'The record as JSON'),
      h('textarea', { id: 'value', class: 'json', rows: Math.min(28, now.split('\n').length + 1), spellcheck: false, readOnly: !mayOperate() || !waiting, value: now, onInput: e => setText(e.target.value) }),
      wrong && edited && h(Notice, { state: 'warn' }, wrong),
      edited && !wrong && h(Diff, { before: original, after: now })),
    data.fates.length > 0 && h(Card, { title: 'What became of it', id: 'c-fates' }, h('ul', { class: 'lines' }, data.fates.map((f, i) => h('li', { key: i }, h('code', null, JSON.stringify(f)))))),
    h(Card, { title: 'Headers', id: 'c-headers' }, h(Table, { caption: 'Headers of the letter', columns: [{ name: 'Header' }, { name: 'Value' }], rows: Object.entries(data.headers).map(([name, v]) => ({ key: name, cells: [name, h('code', { class: 'wrap' }, v)] })) })));
}
