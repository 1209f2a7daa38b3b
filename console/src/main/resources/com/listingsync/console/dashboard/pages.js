// The pages behind the first one.
import { h } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import * as api from './api.js';
import { Chart } from './charts.js';
import { ago, count, duration, moment, rate, reason, short, topicName } from './format.js';
import { Bar, Card, Confirm, Figure, Notice, Page, Pill, Table, mayOperate } from './parts.js';
import { pace, runsNewestFirst, useNow, useStore } from './state.js';

// Pauses: what stands still, and the buttons that make it so.
export function usePauses() {
  const [again, bump] = useState(0);
  const { data } = useDocument('/api/pauses', 4000, again);
  const items = data?.items ?? [];
  return { items, of: target => items.find(p => p.target === target), changed: () => bump(n => n + 1) };
}

function PauseName({ why, set }) {
  return [h('label', { for: 'pause-why' }, 'Reason (shown wherever the pause is)'), h('input', { id: 'pause-why', value: why, maxLength: 500, onInput: e => set(e.target.value) })];
}

export function PauseButton({ target, words, pauses }) {
  const [why, set] = useState('');
  return pauses.of(target)
    ? h(Confirm, { label: 'Resume ' + words, title: 'Let ' + words + ' work again?', path: '/api/resume', body: { target }, disabled: !mayOperate(), done: pauses.changed }, h('p', null, 'It goes on where it stopped.'))
    : h(Confirm, { label: 'Pause ' + words, title: 'Pause ' + words + '?', path: '/api/pause', body: { target, why }, disabled: !mayOperate(), done: pauses.changed }, h('p', null, 'It stands still until somebody resumes it. Nothing is lost: what comes meanwhile waits.'), h(PauseName, { why, set }));
}

export function Pauses() {
  const pauses = usePauses();
  if (!pauses.items.length) return null;
  return h('div', { class: 'notice warn', role: 'status' }, h('ul', { class: 'pauses' }, pauses.items.map(p => h('li', { key: p.target },
    h('span', null, h('strong', null, p.target.replace('/', ' ') + ' is paused'), ' by ' + p.by + ' since ' + moment(p.at) + (p.why ? ': ' + p.why : '')),
    h(PauseButton, { target: p.target, words: p.target.replace('/', ' '), pauses })))));
}

// A document of the API, asked for again every so often while its page is open.
function useDocument(path, every, again = 0) {
  const [state, set] = useState({ data: null, problem: '' });
  const { link } = useStore();
  useEffect(() => {
    const abort = new AbortController();
    const ask = () => api.get(path, abort.signal).then(
      data => set({ data, problem: '' }),
      e => { if (e.name !== 'AbortError') set(before => ({ data: before.data, problem: e.message })); });
    ask();
    const timer = every ? setInterval(() => { if (!document.hidden) ask(); }, every) : null;
    return () => { abort.abort(); clearInterval(timer); };
  }, [path, every, link, again]);
  return state;
}

function SyncNow({ label = 'Sync now', body = {}, what = 'every feed of every connection' }) {
  return h(Confirm, { label, title: 'Start a run?', path: '/api/sync', body, disabled: !mayOperate(),
    done: answer => { location.hash = '#/runs/' + answer.run; } },
    h('p', null, 'Reads what has changed in ' + what + '. What did not change is known and not written again.'));
}

const ENDINGS = ['running', 'completed', 'partial', 'failed'];

// Every run: those this page has heard of, and older ones as they are asked for; all, or those of a state and of whoever asked.
function History({ now }) {
  const [wish, setWish] = useState({ status: '', trigger: '' });
  const [older, setOlder] = useState({ items: [], next: null, asked: false, problem: '' });
  const heard = runsNewestFirst();
  const known = new Set(heard.map(r => r.run));
  const wanted = r => (!wish.status || r.status === wish.status) && (!wish.trigger || r.trigger === wish.trigger);
  const all = [...heard, ...older.items.filter(r => !known.has(r.run))].filter(wanted);
  const triggers = [...new Set([...heard, ...older.items].map(r => r.trigger))].sort();
  const more = async (now, before) => {
    try {
      const page = await api.get('/api/runs?limit=100' + Object.entries({ ...now, cursor: before.next }).filter(([, v]) => v).map(([name, v]) => '&' + name + '=' + encodeURIComponent(v)).join(''));
      setOlder({ items: [...before.items, ...page.items], next: page.next, asked: true, problem: '' });
    } catch (e) {
      setOlder({ ...before, problem: e.message });
    }
  };
  const pick = change => {
    const picked = { ...wish, ...change };
    setWish(picked);
    more(picked, { items: [], next: null });
  };
  const choice = (label, name, values) => h('label', { class: 'field' }, label + ' ', h('select', { value: wish[name], onChange: e => pick({ [name]: e.target.value }) }, h('option', { value: '' }, 'all'), values.map(v => h('option', { key: v, value: v }, v))));
  return h(Card, { title: 'History', id: 'c-history' },
    h('div', { class: 'card-line' }, choice('State', 'status', ENDINGS), choice('Asked for by', 'trigger', triggers)),
    h(Table, { caption: 'Runs, the newest first', empty: wish.status || wish.trigger ? 'There has been no such run.' : 'There has been no run yet.',
      columns: [{ name: 'Run' }, { name: 'State' }, { name: 'Asked for by', minor: true }, { name: 'Began', minor: true }, { name: 'Took', num: true }, { name: 'Read', num: true, minor: true }, { name: 'Written', num: true }, { name: 'Skipped', num: true, minor: true }, { name: 'Refused', num: true }],
      rows: all.map(r => ({ key: r.run, cells: [
        h('a', { href: '#/runs/' + r.run }, r.run), h(Pill, { state: r.status }), r.trigger, moment(r.startedAt),
        duration(Math.max(0, (r.endedAt ?? now) - r.startedAt)), count(r.fetched), count(r.written), count(r.skipped),
        r.refused ? h('b', { class: 'bad' }, count(r.refused)) : '0'] })) }),
    older.problem && h(Notice, null, older.problem),
    (!older.asked || older.next) && h('button', { type: 'button', class: 'button quiet', onClick: () => more(wish, older) }, 'Show older runs'));
}

export function Runs() {
  useStore();
  const now = useNow(2000);
  const all = runsNewestFirst();
  const ended = all.filter(r => r.endedAt).slice(0, 60).reverse();
  const newest = ended.length ? ended[ended.length - 1].run + ended[ended.length - 1].written : '';
  const times = useMemo(() => [ended.map((r, i) => i + 1), ended.map(r => (r.endedAt - r.startedAt) / 1000)], [newest, ended.length]);
  const rows = useMemo(() => [ended.map((r, i) => i + 1), ended.map(r => r.written), ended.map(r => r.refused)], [newest, ended.length]);
  const good = ended.filter(r => r.status === 'completed').length;
  return h(Page, { title: 'Runs', lead: 'Every pass over the sources, and what became of each record it read.', actions: h(SyncNow) },
    h('dl', { class: 'figures' },
      h(Figure, { label: 'Under way', value: count(all.filter(r => r.status === 'running').length) }),
      h(Figure, { label: 'Completed', value: ended.length ? Math.round((good * 100) / ended.length) : '–', unit: ended.length ? '% of the last ' + ended.length : '' }),
      h(Figure, { label: 'Usual duration', value: ended.length ? duration(ended.map(r => r.endedAt - r.startedAt).sort((a, b) => a - b)[ended.length >> 1]) : '–' })),
    h('div', { class: 'columns' },
      h(Card, { title: 'Duration', id: 'c-duration', note: 'of the last ' + ended.length + ' runs, the newest to the right' },
        h(Chart, { label: 'How long the last runs took, in seconds', data: times, time: false, format: v => duration(v * 1000), lines: [{ label: 'duration', colour: '--c2', bars: true, format: v => duration(v * 1000) }] })),
      h(Card, { title: 'Rows', id: 'c-rows', note: 'written and refused' },
        h(Chart, { label: 'Rows that the last runs wrote and that were refused', data: rows, time: false, format: short, lines: [{ label: 'written', colour: '--c3', bars: true, format: count }, { label: 'refused', colour: '--c4', bars: true, format: count }] }))),
    h(History, { now }));
}

// A refused record is a dead letter: those of this run and cause are a step away.
const became = (run, name) => (name.startsWith('refused') ? h('a', { href: '#/letters/of-run/' + run.run }, reason(name)) : reason(name));

function Causes({ run }) {
  const counts = Object.entries(run.total.counts).filter(([name]) => name !== 'fetched').sort((a, b) => b[1] - a[1]);
  return h(Table, { caption: 'What became of the records, by cause', empty: 'Nothing has been read yet.',
    columns: [{ name: 'What became of them' }, { name: 'Records', num: true }, { name: 'Share', num: true }],
    rows: counts.map(([name, n]) => ({ key: name, class: name.startsWith('refused') ? 'bad' : '', cells: [became(run, name), count(n), run.total.fetched ? Math.round((n * 1000) / run.total.fetched) / 10 + ' %' : '–'] })) });
}

export function Run({ id }) {
  const s = useStore();
  const now = useNow();
  const asked = useDocument('/api/runs/' + encodeURIComponent(id), s.whole.get(id)?.status === 'running' ? 0 : 5000);
  const run = s.whole.get(id) ?? asked.data;
  if (!run) return h(Page, { title: 'Run ' + id }, asked.problem ? h(Notice, { state: 'warn' }, asked.problem) : h('p', { class: 'empty' }, 'Asking …'));
  const running = run.status === 'running';
  const t = run.total;
  return h(Page, { title: 'Run ' + id, lead: h('span', null, h(Pill, { state: run.status }), ' asked for by ' + run.trigger + ', began ' + moment(run.startedAt)) },
    h('dl', { class: 'figures' },
      h(Figure, { label: running ? 'Running for' : 'Took', value: duration(Math.max(0, (run.endedAt ?? now) - run.startedAt)) }),
      h(Figure, { label: 'Read', value: count(t.fetched) }), h(Figure, { label: 'Written', value: count(t.written) }),
      h(Figure, { label: 'On their way', value: count(t.inFlight) }),
      h(Figure, { label: 'Refused', value: count(t.refused), state: t.refused ? 'bad' : '' }),
      h(Figure, { label: 'The books', value: run.balanced ? 'balance' : 'are open' })),
    run.missingKeys.length > 0 && h(Notice, { state: 'warn' }, 'No feed has: ' + run.missingKeys.join(', ')),
    h(Card, { title: 'Feeds', id: 'c-feeds' },
      h(Table, { caption: 'Feeds of the run', columns: [{ name: 'Feed' }, { name: 'Progress', minor: true }, { name: 'Done', num: true }, ...(running ? [{ name: 'Pace', num: true, minor: true }, { name: 'Left', num: true }] : []), { name: 'Read', num: true, minor: true }, { name: 'Written', num: true }, { name: 'Refused', num: true }],
        rows: run.feeds.map(f => {
          const p = pace(run.run, f);
          const ended = f.finishedAt && f.inFlight === 0;
          return { key: f.feed, cells: [
            h('span', null, f.feed, f.problem && h('span', { class: 'problem' }, f.problem)),
            f.startedAt == null && !f.problem ? h('span', { class: 'note' }, 'waiting') : h(Bar, { value: ended ? 1 : p.done, max: ended ? 1 : p.total, label: 'Progress of ' + f.feed, state: f.problem ? 'bad' : ended ? 'good' : '' }),
            f.problem ? 'failed' : ended ? '100 %' : p.total ? Math.floor((p.done * 100) / p.total) + ' %' : '–',
            ...(running ? [!ended ? rate(p.perSecond) : '–', !ended && p.left != null ? duration(p.left) : '–'] : []),
            count(f.fetched), count(f.written), f.refused ? h('b', { class: 'bad' }, count(f.refused)) : '0'] };
        }) })),
    h(Card, { title: 'What became of the records', id: 'c-causes' }, h(Causes, { run })));
}

export function Feeds() {
  const now = useNow(1000);
  const { data, problem } = useDocument('/api/connections', 5000);
  const { pipeline } = useStore();
  const pauses = usePauses();
  return h(Page, { title: 'Connections', lead: 'What is read, when it is read next, and how much of its limits is left.', actions: h(SyncNow) },
    problem && h(Notice, { state: 'warn' }, problem),
    !data ? !problem && h('p', { class: 'empty' }, 'Asking …') : !data.items.length ? h('p', { class: 'empty' }, 'No connection is known: no producer with a connections file has run on this Kafka yet.') : data.items.map(c => {
      const breaker = pipeline?.breakers.find(b => b.target === c.name && b.service.startsWith('producer'));
      const limits = (c.requests ?? '').split('; ').slice(1).join('; ');
      return h(Card, { key: c.name, id: 'c-' + c.name, title: c.name, note: [c.kind, c.view !== 'none' && c.view.toUpperCase(), c.owner && 'of ' + c.owner].filter(Boolean).join(', ') },
        h('div', { class: 'card-line' },
          breaker && h(Pill, { state: breaker.state }, 'circuit breaker ' + breaker.state),
          limits && h('span', { class: 'note' }, limits),
          pauses.of('connection/' + c.name) && h(Pill, { state: 'paused' }),
          h('span', { class: 'push actions' }, h(PauseButton, { target: 'connection/' + c.name, words: c.name, pauses }), h(SyncNow, { label: 'Sync ' + c.name, body: { connections: [c.name] }, what: c.name }))),
        h(Table, { caption: 'Feeds of ' + c.name, columns: [{ name: 'Feed' }, { name: 'Records', minor: true }, { name: 'State' }, { name: 'Last read' }, { name: 'Next' }, { name: 'Every', num: true, minor: true }],
          rows: c.feeds.map(f => ({ key: f.name, class: f.problem ? 'bad' : '', cells: [
            h('span', null, f.name, f.problem && h('span', { class: 'problem' }, f.problem)), f.entity,
            f.problem ? h(Pill, { state: 'failed' }) : f.reading ? h(Pill, { state: 'running' }, 'reading') : f.last ? h(Pill, { state: 'completed' }, 'up to date') : h(Pill, { state: 'unknown' }, f.interval === undefined && f.last === undefined ? 'not watched' : 'not read yet'),
            f.last ? ago(f.last, now) : '–', f.reading ? 'now' : f.next ? (Date.parse(f.next) <= now ? 'due' : ago(f.next, now)) : '–', f.intervalSeconds ? duration(f.intervalSeconds * 1000) : '–'] })) }));
    }));
}

export function Topics() {
  const { pipeline } = useStore();
  const topics = pipeline?.topics ?? [];
  return h(Page, { title: 'Topics', lead: 'How far each topic is written, and how much of it waits to be read.' },
    pipeline?.kafkaProblem && h(Notice, null, pipeline.kafkaProblem),
    h(Card, { title: 'Topics', id: 'c-topics' },
      h(Table, { caption: 'Topics', columns: [{ name: 'Topic' }, { name: 'Partitions', num: true }, { name: 'Written', num: true }, { name: 'A second', num: true }, { name: 'Waiting' }],
        rows: topics.map(t => ({ key: t.name, cells: [topicName(t.name), count(t.partitions), count(t.end), rate(t.perSecond),
          Object.entries(t.lag).map(([who, n]) => h('span', { class: n > 50000 ? 'bad' : '' }, short(n) + ' for the ' + who)).reduce((all, e) => (all.length ? [...all, ', ', e] : [e]), [])] })) })));
}

export function Settings() {
  const { data, problem } = useDocument('/api/settings', 0);
  const { session, pipeline } = useStore();
  const pauses = usePauses();
  return h(Page, { title: 'Settings', lead: 'What each service was started with. Of secrets only whether they are set.' },
    problem && h(Notice, { state: 'warn' }, problem),
    h(Card, { title: 'You', id: 'c-you' }, h('dl', { class: 'pairs' },
      h('div', null, h('dt', null, 'name'), h('dd', null, session?.name ?? '–')),
      h('div', null, h('dt', null, 'role'), h('dd', null, session?.role ?? '–')),
      h('div', null, h('dt', null, 'keys'), h('dd', null, session?.keysInUse ? 'every call needs one' : 'none: only this machine is served')))),
    h(Card, { title: 'Services', id: 'c-services' },
      h(Table, { caption: 'Services', empty: 'No service is named in SYNC_CONSOLE_SERVICES.', columns: [{ name: 'Service' }, { name: 'State' }, { name: 'What is wrong' }, { name: '' }],
        rows: (pipeline?.services ?? []).map((s, i, all) => ({ key: s.name, cells: [s.name, h(Pill, { state: s.state }), h('span', { class: 'wrap' }, s.problems.join('; ') || 'nothing'), ['producer', 'processor', 'sink'].includes(s.service) && all.find(o => o.service === s.service) === s && h(PauseButton, { target: s.service, words: 'the ' + s.service, pauses })] })) })),
    data && alike(data.items).map(of => h(Card, { key: of[0].name, id: 'c-set-' + of[0].name, title: 'The ' + of[0].service, note: of.length > 1 ? 'the same for ' + of.map(s => s.name).join(', ') : of[0].name !== of[0].service && of[0].name },
      of[0].problem ? h(Notice, { state: 'warn' }, of[0].name + ' ' + of[0].problem) : [
        of[0].connections.length > 0 && h('p', { class: 'note' }, 'Connections: ' + of[0].connections.join(', ')),
        h(Table, { caption: 'Settings of the ' + of[0].name, columns: [{ name: 'Variable' }, { name: 'Value' }],
          rows: of[0].settings.map(s => ({ key: s.name, cells: [h('code', null, s.name), s.secret ? h('span', { class: 'note' }, s.secret === 'set' ? 'set, and secret' : 'not set') : s.value === '' ? h('span', { class: 'note' }, 'not set') : h('code', null, s.value)] })) })])));
}

// Instances that were started alike, together.
function alike(items) {
  const groups = new Map();
  for (const item of items) {
    const kind = item.problem ? item.name : item.service + JSON.stringify([item.settings, item.connections]);
    groups.set(kind, [...(groups.get(kind) ?? []), item]);
  }
  return [...groups.values()];
}

export function Activity() {
  const { data, problem } = useDocument('/api/audit?limit=200', 5000);
  return h(Page, { title: 'Activity', lead: 'Who did what, at the command line and here; the newest first.' },
    problem && h(Notice, { state: 'warn' }, problem),
    h(Card, { title: 'Actions', id: 'c-audit' },
      h(Table, { caption: 'Actions', empty: data ? 'Nobody has done anything yet.' : 'Asking …', columns: [{ name: 'When' }, { name: 'Who' }, { name: 'What' }, { name: 'On' }, { name: 'Came of it' }, { name: 'Why' }],
        rows: (data?.items ?? []).map(a => ({ key: a.id, class: a.problem ? 'bad' : '', cells: [moment(a.at), a.who, a.action, h('code', { class: 'wrap' }, a.selection || 'everything'),
          a.problem ? h('span', { class: 'problem' }, a.problem) : a.phase === 'begun' ? h(Pill, { state: 'running' }, 'begun') : Object.entries(a.counts).map(([name, n]) => count(n) + ' ' + name).join(', ') || 'done', h('span', { class: 'wrap' }, a.why ?? '')] })) })));
}

const WISHES = { pause: 'Nothing more is sent until it is resumed.', resume: 'It goes on where it stands.', stop: 'It ends where it stands.' };

export function Replays() {
  const [again, bump] = useState(0);
  const [topic, setTopic] = useState('rows');
  const [keys, setKeys] = useState('');
  const { data, problem } = useDocument('/api/replays', 3000, again);
  const done = () => bump(n => n + 1);
  const wanted = keys.split(/[\s,]+/).filter(Boolean);
  const button = (r, wish) => h(Confirm, { key: wish, label: wish[0].toUpperCase() + wish.slice(1), title: wish[0].toUpperCase() + wish.slice(1) + ' replay ' + r.replay + '?', path: '/api/replays/' + r.replay + '/' + wish, body: {}, disabled: !mayOperate(), danger: wish === 'stop', done }, h('p', null, WISHES[wish]));
  return h(Page, { title: 'Replays', lead: 'The log once more: rows into Supabase, or source records through the mapping.',
    actions: h(Confirm, { label: 'Replay', title: 'Replay the log?', path: '/api/replays', body: { topic, ...(wanted.length && { keys: wanted }) }, disabled: !mayOperate(), done },
      h('p', null, 'Into the project that the sink writes to. A row never goes backwards: what is there already stays.'),
      h('label', { for: 'r-topic' }, 'What'), h('select', { id: 'r-topic', value: topic, onChange: e => setTopic(e.target.value) }, h('option', { value: 'rows' }, 'rows, as they are'), h('option', { value: 'source.*' }, 'source records, mapped again')),
      h('label', { for: 'r-keys' }, 'Only these keys (empty for all)'), h('input', { id: 'r-keys', value: keys, onInput: e => setKeys(e.target.value) })) },
    problem && h(Notice, { state: 'warn' }, problem),
    h(Card, { title: 'Replays', id: 'c-replays' },
      h(Table, { caption: 'Replays', empty: data ? 'Nothing has been replayed yet.' : 'Asking …', columns: [{ name: 'Replay' }, { name: 'State' }, { name: 'What' }, { name: 'Progress' }, { name: 'Sent', num: true }, { name: 'By' }, { name: '' }],
        rows: (data?.items ?? []).map(r => ({ key: r.replay, cells: [r.replay, h('span', null, h(Pill, { state: r.state }), r.why && h('span', { class: 'note' }, ' ' + r.why)), h('code', { class: 'wrap' }, r.selection), h(Bar, { value: r.done, max: r.size, label: 'Progress of replay ' + r.replay }), count(r.sent), r.requestedBy,
          !r.ended && h('span', { class: 'actions' }, r.state === 'paused' ? button(r, 'resume') : button(r, 'pause'), button(r, 'stop'))] })) })));
}

export function Proof() {
  const [again, bump] = useState(0);
  const [quick, hurry] = useState(false);
  const { data, problem } = useDocument('/api/verify', quick ? 1000 : 15000, again);
  const now = useNow(10000);
  const running = data?.running;
  useEffect(() => hurry(!!running), [!!running]);
  const last = data?.last;
  return h(Card, { title: 'Last proof', id: 'c-proof', note: last && ago(last.endedAt, now) },
    problem && h(Notice, { state: 'warn' }, problem),
    last ? [
      h('p', null, h(Pill, { state: last.inSync ? 'completed' : 'failed' }, last.inSync ? 'Supabase is as the log says' : last.differing === 1 ? 'one row differs' : count(last.differing) + ' rows differ')),
      h('p', { class: 'note' }, count(last.compared) + ' rows compared in ' + duration(last.endedAt - last.startedAt)),
      last.differences.length > 0 && h('ul', { class: 'lines' }, last.differences.slice(0, 5).map(d => h('li', { key: d.table + d.id }, h(Pill, { state: 'failed' }, d.kind), h('code', null, d.table + ' ' + d.id)))),
    ] : data && h('p', { class: 'empty' }, 'Nothing has been compared yet.'),
    running && h('p', { role: 'status' }, h(Pill, { state: 'running' }, 'comparing'), ' ' + count(running.read) + ' rows read, asked for by ' + running.requestedBy),
    h('div', { class: 'card-line' },
      h(Confirm, { label: 'Verify now', title: 'Compare Supabase with the log?', path: '/api/verify', body: {}, disabled: !mayOperate() || !!running, done: () => bump(n => n + 1) },
        h('p', null, 'Every row of every table, beside what is under way. Nothing is changed.'))));
}
