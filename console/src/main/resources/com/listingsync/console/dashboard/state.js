// What the page knows: one store, filled by the console's events, watched by the parts that show it.
import { useEffect, useState } from 'preact/hooks';
import * as api from './api.js';

const HISTORY = 150;
const RUNS = 200;

export const store = {
  link: 'opening', // opening, live, lost, refused
  linkProblem: '',
  since: Date.now(),
  session: null,
  pipeline: null,
  trail: [], // of the last minutes: {at, fetched, processed, written, queue}
  runs: new Map(), // summaries by id
  whole: new Map(), // runs with their feeds
  pace: new Map(), // run/feed -> [{at, done}]
  heardAt: 0,
  lettersDone: 0, // grows when something was done about dead letters
  lettersRead: 0, // of a reading that takes long
};
const watchers = new Set();
let waiting = false;

export function changed() {
  if (waiting) return;
  waiting = true;
  // Many events, one drawing; a hidden page draws when it is seen again.
  const draw = () => { waiting = false; watchers.forEach(w => w()); };
  if (document.hidden) setTimeout(draw, 1000);
  else requestAnimationFrame(draw);
}

export function useStore() {
  const [, draw] = useState(0);
  useEffect(() => {
    const watch = () => draw(n => n + 1);
    watchers.add(watch);
    return () => watchers.delete(watch);
  }, []);
  return store;
}

// A clock for words such as "3 s ago".
export function useNow(every = 1000) {
  const [now, tick] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => tick(Date.now()), every);
    return () => clearInterval(timer);
  }, [every]);
  return now;
}

export function summary(run) {
  if (!run.total) return run;
  const t = run.total;
  return {
    run: run.run, trigger: run.trigger, status: run.status, startedAt: run.startedAt, endedAt: run.endedAt,
    feeds: run.feeds.length, failedFeeds: run.feeds.filter(f => f.problem).length,
    fetched: t.fetched, skipped: t.skipped, parked: t.parked, written: t.written, unchanged: t.unchanged, refused: t.refused, inFlight: t.inFlight,
  };
}

export const runsNewestFirst = () =>
  [...store.runs.values()].sort((a, b) => b.startedAt - a.startedAt || (a.run < b.run ? 1 : -1));

function takeRun(run) {
  store.runs.set(run.run, summary(run));
  store.whole.set(run.run, run);
  const at = Date.now();
  for (const feed of run.feeds) {
    const name = run.run + ' ' + feed.feed;
    const points = store.pace.get(name) ?? [];
    points.push({ at, done: feed.fetched - feed.inFlight });
    while (points.length > 2 && points[0].at < at - 8000) points.shift();
    if (run.status === 'running') store.pace.set(name, points);
    else store.pace.delete(name);
  }
  if (store.runs.size > RUNS) {
    for (const old of runsNewestFirst().slice(RUNS)) { store.runs.delete(old.run); store.whole.delete(old.run); }
  }
}

// Rows a second over the last seconds, and what is left at that pace.
export function pace(run, feed) {
  const points = store.pace.get(run + ' ' + feed.feed) ?? [];
  const done = feed.fetched - feed.inFlight;
  const total = feed.finishedAt ? feed.fetched : feed.expected == null ? null : Math.max(feed.expected, feed.fetched);
  const first = points[0];
  const last = points[points.length - 1];
  const perSecond = first && last.at > first.at ? Math.max(0, ((last.done - first.done) * 1000) / (last.at - first.at)) : 0;
  return { done, total, perSecond, left: total != null && perSecond > 0 ? ((total - done) / perSecond) * 1000 : null };
}

function takePipeline(view) {
  store.pipeline = view;
  store.trail.push({ at: view.at, fetched: view.rates.fetched, processed: view.rates.processed, written: view.rates.written, queue: view.queue });
  if (store.trail.length > HISTORY) store.trail.shift();
}

function told(name, data) {
  store.heardAt = Date.now();
  if (name === 'history') data.forEach(run => store.runs.set(run.run, run));
  else if (name === 'runs') data.forEach(takeRun);
  else if (name === 'pipeline') takePipeline(data);
  else if (name === 'trail') store.trail = data;
  else if (name === 'letters') { if (data.changed) store.lettersDone += 1; else store.lettersRead = data.read; }
  else return;
  changed();
}

function link(state, problem = '') {
  if (store.link !== state) { store.link = state; store.since = Date.now(); }
  store.linkProblem = problem;
  changed();
}

let abort = new AbortController();
let attempt = 0;

export async function open() {
  abort.abort();
  abort = new AbortController();
  const mine = abort;
  while (!mine.signal.aborted) {
    try {
      store.session = await api.get('/api/session', mine.signal);
      await api.events(mine.signal, () => { attempt = 0; link('live'); }, told);
    } catch (e) {
      if (mine.signal.aborted) return;
      if (e.status === 401 || e.status === 403 || e.status === 429) {
        store.session = null;
        link('refused', api.hasKey() ? e.message : '');
        return;
      }
      link('lost', e.message);
      attempt += 1;
      await new Promise(go => setTimeout(go, Math.min(5000, 500 * attempt)));
    }
  }
}

// Silence for longer than two heartbeats is a connection that died without a word.
setInterval(() => {
  if (store.link === 'live' && Date.now() - store.heardAt > 25000) open();
}, 5000);

// A page that is left may be kept for the way back, and its stream with it; a browser has six connections for us, and no more.
window.addEventListener('pagehide', () => abort.abort());
window.addEventListener('pageshow', e => { if (e.persisted) open(); });
