// The pipeline as it is drawn on the first page: what goes where, how fast, and what is wrong.
import { h } from 'preact';
import { useMemo } from 'preact/hooks';
import { Firing } from './alerts.js';
import { Chart } from './charts.js';
import { ago, count, duration, moment, rate, short, topicName } from './format.js';
import { Proof } from './pages.js';
import { Bar, Card, Figure, Notice, Page, Pill, cx } from './parts.js';
import { pace, runsNewestFirst, useNow, useStore } from './state.js';

// All instances of a service, also of one that was named as sink-1, sink-2.
const serviceOf = (view, name) => view.services.filter(s => s.service === name || s.service.startsWith(name + '-'));

// The worst of several; silent when it is named and away, unknown when nobody named it.
function stateOf(services) {
  if (!services.length) return 'unknown';
  return services.find(s => s.state === 'silent')?.state ?? services.find(s => s.state === 'down')?.state ?? 'up';
}

export function troubles(view) {
  if (!view) return [];
  const all = [];
  if (view.kafkaProblem) all.push({ where: 'Kafka', what: view.kafkaProblem });
  for (const service of view.services) for (const problem of service.problems) all.push({ where: service.name, what: problem });
  for (const breaker of view.breakers) {
    if (breaker.state !== 'closed' && !all.some(t => t.where === breaker.instance)) {
      all.push({ where: breaker.instance, what: 'the circuit breaker of ' + breaker.target + ' is ' + breaker.state });
    }
  }
  return all;
}

// Of several instances how many are well, and whose problem it is.
const wordOf = (state, of) => of.length > 1 && state !== 'up' ? of.filter(s => s.state === 'up').length + ' of ' + of.length + ' ready' : of.length > 1 ? 'all ' + of.length + ' ready' : state === 'up' ? 'ready' : state === 'silent' ? 'no answer' : state === 'down' ? 'not ready' : 'not watched';
const problemsOf = of => of.flatMap(s => s.problems.map(p => (of.length > 1 ? s.name + ': ' + p : p)));

// Every target once, with the worst state that an instance sees it in.
const BREAKERS = ['closed', 'half open', 'open'];
function worstByTarget(breakers) {
  const worst = new Map();
  for (const b of breakers) if (!worst.has(b.target) || BREAKERS.indexOf(b.state) > BREAKERS.indexOf(worst.get(b.target).state)) worst.set(b.target, b);
  return [...worst.values()];
}

function Stage({ title, of, rows, children, href }) {
  const state = of && stateOf(of);
  const problems = of && problemsOf(of);
  return h('li', { class: cx('stage', state === 'up' ? 'stage-up' : state && state !== 'unknown' ? 'stage-bad' : rows?.some(r => r[2]) && 'stage-bad') },
    h('div', { class: 'stage-head' }, h('h2', null, href ? h('a', { href }, title) : title), state && h(Pill, { state }, wordOf(state, of))),
    children,
    rows && h('dl', null, rows.map(([name, value, bad]) => h('div', { class: bad && 'bad' }, h('dt', null, name), h('dd', null, value)))),
    problems?.map(p => h('p', { class: 'problem' }, p)));
}

function Flow({ perSecond, label }) {
  const moving = perSecond > 0;
  return h('li', { class: cx('flow', moving && 'moving') },
    h('svg', { viewBox: '0 0 60 24', 'aria-hidden': 'true' }, h('path', { d: 'M2 12H52' }), h('path', { class: 'tip', d: 'M48 7l6 5-6 5' })),
    h('span', { title: label }, rate(perSecond)));
}

const lagOf = (view, service, pick) => view.topics.filter(t => pick(topicName(t.name))).reduce((sum, t) => sum + (t.lag[service] ?? 0), 0);

function Drawing({ view }) {
  const producer = serviceOf(view, 'producer');
  const processor = serviceOf(view, 'processor');
  const sink = serviceOf(view, 'sink');
  const source = n => n.startsWith('source.');
  const sourceLag = lagOf(view, 'processor', source);
  const rowsLag = lagOf(view, 'sink', n => n === 'rows');
  const sourceTopics = view.topics.filter(t => source(topicName(t.name)));
  const upstream = worstByTarget(view.breakers.filter(b => b.service.startsWith('producer')));
  const supabase = worstByTarget(view.breakers.filter(b => b.service.startsWith('sink'))).find(b => b.target === 'supabase');
  const fresh = view.freshness.seconds;
  return h('ol', { class: 'pipeline', 'aria-label': 'The pipeline, from the sources to Supabase' },
    h(Stage, { title: 'Sources', href: '#/feeds', of: producer,
      rows: [['connections', count(upstream.length)], ['read', rate(view.rates.fetched)]] },
      h('ul', { class: 'chips' }, upstream.map(b => h('li', { class: b.state === 'closed' ? 'good' : 'bad', title: 'circuit breaker ' + b.state }, h('i', { 'aria-hidden': 'true' }), b.target, b.state !== 'closed' && h('b', null, ' ' + b.state))))),
    h(Flow, { perSecond: view.rates.fetched, label: 'records read' }),
    h(Stage, { title: 'Source topics', rows: [
      ['written', rate(sourceTopics.reduce((sum, t) => sum + t.perSecond, 0))],
      ['waiting', short(sourceLag), sourceLag > 50000]] },
      h('ul', { class: 'chips' }, sourceTopics.map(t => h('li', { class: 'plain' }, topicName(t.name).slice(7))))),
    h(Flow, { perSecond: view.rates.processed, label: 'records processed' }),
    h(Stage, { title: 'Processor', of: processor, rows: [
      ['processed', rate(view.rates.processed)],
      ['waiting for their listing', short(view.parked)],
      ...(view.parked > 0 ? [['the oldest of them', duration(view.parkedOldestSeconds * 1000)]] : [])] }),
    h(Flow, { perSecond: view.rates.rows, label: 'rows' }),
    h(Stage, { title: 'Rows', rows: [['waiting', short(rowsLag), rowsLag > 50000], ['refused', rate(view.rates.refused), view.rates.refused > 0]] }),
    h(Flow, { perSecond: view.rates.written, label: 'rows written' }),
    h(Stage, { title: 'Supabase', of: sink, rows: [
      ['written', rate(view.rates.written)],
      ['topic to table', fresh == null ? 'nothing new' : duration(fresh * 1000), fresh > 60],
      ['circuit breaker', supabase ? supabase.state : 'unknown', supabase && supabase.state !== 'closed']] }));
}

function sentence(view, now) {
  const all = troubles(view);
  if (all.length) return { state: 'bad', text: all.length === 1 ? all[0].where + ': ' + all[0].what : all.length + ' things are wrong' };
  if (!view.services.length) return { state: 'warn', text: 'No service is watched: name them in SYNC_CONSOLE_SERVICES' };
  if (view.alerts.length) return { state: view.alerts[0].severity === 'page' ? 'bad' : 'warn', text: view.alerts.length === 1 ? view.alerts[0].summary : view.alerts.length + ' alerts fire' };
  const last = runsNewestFirst().find(r => r.endedAt);
  const waiting = view.queue > 0 ? short(view.queue) + ' records on their way' : 'everything read is in Supabase';
  return { state: 'good', text: 'All is well: ' + waiting + (last ? '; last run ' + ago(last.endedAt, now) : '') };
}

export function Verdict() {
  const { pipeline: view } = useStore();
  const now = useNow(2000);
  if (!view) return h('p', { class: 'verdict dim', role: 'status' }, 'Looking at the pipeline …');
  const { state, text } = sentence(view, now);
  return h('p', { class: 'verdict ' + state, role: 'status' }, h('i', { 'aria-hidden': 'true' }), text);
}

function RunningRuns() {
  const s = useStore();
  const running = runsNewestFirst().filter(r => r.status === 'running').slice(0, 4);
  if (!running.length) {
    const last = runsNewestFirst().filter(r => r.endedAt).slice(0, 6);
    if (!last.length) return h('p', { class: 'empty' }, 'There has been no run yet.');
    return h('div', null, h('p', { class: 'empty' }, 'No run is under way. The last ones:'),
      h('ul', { class: 'lines' }, last.map(r => h('li', { key: r.run }, h('a', { href: '#/runs/' + r.run }, r.run), h(Pill, { state: r.status }), h('span', { class: 'note' }, count(r.fetched) + ' read, ' + count(r.written) + ' written')))));
  }
  return h('ul', { class: 'running' }, running.map(r => {
    const whole = s.whole.get(r.run);
    const feeds = whole?.feeds.map(f => pace(r.run, f)) ?? [];
    const total = feeds.length && feeds.every(f => f.total != null) ? feeds.reduce((sum, f) => sum + f.total, 0) : null;
    const done = r.fetched - r.inFlight;
    const left = Math.max(0, ...feeds.map(f => f.left ?? 0));
    return h('li', { key: r.run },
      h('a', { href: '#/runs/' + r.run }, r.run), h('span', { class: 'note' }, r.trigger + ', since ' + moment(r.startedAt)),
      h(Bar, { value: done, max: total, label: 'Progress of run ' + r.run }),
      h('span', { class: 'note' }, count(done) + ' records', left > 0 && ', about ' + duration(left) + ' left'));
  }));
}

export function Overview() {
  const s = useStore();
  const now = useNow(2000);
  const view = s.pipeline;
  const trail = s.trail;
  const data = useMemo(() => [trail.map(p => p.at / 1000), trail.map(p => p.fetched), trail.map(p => p.processed), trail.map(p => p.written)], [trail.length, view?.at]);
  if (!view) return h(Page, { title: 'Overview' }, h('p', { class: 'empty' }, 'Looking at the pipeline …'));
  const all = troubles(view);
  const runs = runsNewestFirst().filter(r => r.endedAt);
  const day = runs.filter(r => r.startedAt > now - 24 * 3600e3);
  const refused = day.reduce((sum, r) => sum + r.refused, 0);
  return h(Page, { title: 'Overview' },
    all.length > 0 && h(Notice, null, h('ul', null, all.map(t => h('li', null, h('strong', null, t.where), ': ' + t.what)))),
    h('dl', { class: 'figures' },
      h(Figure, { label: 'On their way', value: short(view.queue), unit: 'records' }),
      h(Figure, { label: 'Topic to table', value: view.freshness.seconds == null ? '–' : duration(view.freshness.seconds * 1000) }),
      h(Figure, { label: 'Last run', value: runs[0] ? ago(runs[0].endedAt, now) : 'none yet' }),
      h(Figure, { label: 'Runs today', value: count(day.length) }),
      h(Figure, { label: 'Refused today', value: count(refused), state: refused > 0 ? 'warn' : '' })),
    h(Drawing, { view }),
    h('div', { class: 'columns' },
      h(Card, { title: 'Records a second', id: 'c-rates', note: 'the last five minutes' },
        h(Chart, { label: 'Records read, processed and written a second over the last minutes', data, format: short,
          lines: [{ label: 'read', colour: '--c1', format: rate }, { label: 'processed', colour: '--c2', format: rate }, { label: 'written', colour: '--c3', area: true, format: rate }] })),
      h(Card, { title: 'Under way', id: 'c-running' }, h(RunningRuns))),
    h('div', { class: 'columns' }, h(Firing), h(Proof)));
}
