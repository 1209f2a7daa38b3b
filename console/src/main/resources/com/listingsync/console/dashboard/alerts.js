// The documented alerts: which fire, since when, and what to do about each, in the words of its runbook.
import { h } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import * as api from './api.js';
import { ago, count, duration, moment } from './format.js';
import { Card, Notice, Page, Pill, Table } from './parts.js';
import { useNow, useStore } from './state.js';

const SEVERITY = { page: 'now', ticket: 'in working hours' };

function useAlerts() {
  const [state, set] = useState({ items: [], problem: '', asked: false });
  const { link, pipeline } = useStore();
  const firing = JSON.stringify(pipeline?.alerts ?? []);
  useEffect(() => {
    const abort = new AbortController();
    const ask = () => api.get('/api/alerts', abort.signal).then(data => set({ items: data.items, problem: '', asked: true }), e => { if (e.name !== 'AbortError') set(b => ({ ...b, problem: e.message, asked: true })); });
    ask();
    const timer = setInterval(() => { if (!document.hidden) ask(); }, 10000);
    return () => { abort.abort(); clearInterval(timer); };
  }, [link, firing]);
  return state;
}

// What fires, as the live view has it.
export function Firing() {
  const { pipeline } = useStore();
  const now = useNow(5000);
  const alerts = pipeline?.alerts ?? [];
  return h(Card, { title: 'Alerts', id: 'c-alerts', note: h('a', { href: '#/alerts' }, 'all') },
    !alerts.length ? h('p', null, h(Pill, { state: 'completed' }, 'none fires')) :
      h('ul', { class: 'lines' }, alerts.map(a => h('li', { key: a.name + JSON.stringify(a.labels) },
        h(Pill, { state: a.severity === 'page' ? 'failed' : 'partial' }, a.severity), h('a', { href: '#/alerts/' + a.name }, a.name), h('span', { class: 'wrap' }, a.summary), h('span', { class: 'note' }, 'since ' + ago(a.since, now).replace(' ago', ''))))));
}

export function Alerts() {
  const { items, problem, asked } = useAlerts();
  const now = useNow(5000);
  const order = { firing: 0, pending: 1, quiet: 2 };
  return h(Page, { title: 'Alerts', lead: 'The rules that Prometheus has, followed here over what this console has seen since it started.' },
    problem && h(Notice, { state: 'warn' }, problem),
    h(Card, { title: asked ? count(items.filter(a => a.state === 'firing').length) + ' of ' + items.length + ' fire' : 'Asking …', id: 'c-all-alerts' },
      h(Table, { caption: 'Alerts', empty: ' ', columns: [{ name: 'Alert' }, { name: 'State' }, { name: 'Look at it' }, { name: 'What it says' }, { name: 'Since' }],
        rows: [...items].sort((a, b) => order[a.state] - order[b.state]).map(a => ({ key: a.name, cells: [
          h('a', { href: '#/alerts/' + a.name }, a.name), h(Pill, { state: a.state === 'firing' ? 'failed' : a.state === 'pending' ? 'partial' : 'completed' }, a.state), SEVERITY[a.severity],
          h('span', { class: 'wrap' }, a.holding.map(one => one.summary).join('; ') || '–'), a.holding.length ? ago(Math.min(...a.holding.map(one => one.since)), now) : '–'] })) })));
}

export function Alert({ name }) {
  const { items, problem, asked } = useAlerts();
  const alert = items.find(a => a.name === name);
  if (!alert) return h(Page, { title: name }, h(Notice, { state: 'warn' }, problem || (asked ? 'There is no alert of this name.' : 'Asking …')));
  return h(Page, { title: name, lead: h('span', null, h(Pill, { state: alert.state === 'firing' ? 'failed' : alert.state === 'pending' ? 'partial' : 'completed' }, alert.state), ' look at it ' + SEVERITY[alert.severity]) },
    alert.holding.length > 0 && h(Card, { title: 'Now', id: 'c-now' }, h('ul', { class: 'lines' }, alert.holding.map(one => h('li', { key: one.summary }, h('span', { class: 'wrap' }, one.summary), h('span', { class: 'note' }, 'since ' + moment(one.since)))))),
    h(Card, { title: 'What it means, and what to do', id: 'c-runbook' }, h('div', { class: 'prose' }, blocks(alert.words))),
    h(Card, { title: 'The rule', id: 'c-rule', note: alert.forSeconds ? 'for ' + duration(alert.forSeconds * 1000) : 'at once' }, h('code', { class: 'wrap' }, alert.expression)));
}

// As much Markdown as the runbook has: paragraphs, numbered lists, code, emphasis, links.
function blocks(text) {
  return text.split(/\n\s*\n/).map((block, i) => {
    if (block.startsWith('```')) return h('pre', { key: i, tabIndex: 0 }, block.replace(/^```\w*\n?|\n?```$/g, ''));
    if (/^(\d+\.|-) /.test(block)) {
      const items = block.split(/\n(?=(?:\d+\.|-) )/).map((item, n) => h('li', { key: n }, words(item.replace(/^(\d+\.|-) /, ''))));
      return h(block.startsWith('-') ? 'ul' : 'ol', { key: i }, items);
    }
    return h('p', { key: i }, words(block));
  });
}

function words(text) {
  return text.replace(/\s+/g, ' ').split(/(`[^`]+`|\*\*?[^*]+\*\*?|\[[^\]]+\]\([^)]+\))/).map((part, i) => {
    if (part.startsWith('`')) return h('code', { key: i }, part.slice(1, -1));
    if (part.startsWith('*')) return h('em', { key: i }, part.replace(/^\*+|\*+$/g, ''));
    const link = /^\[([^\]]+)\]\(([^)]+)\)$/.exec(part);
    if (!link) return part;
    const other = /^#(\w+)$/.exec(link[2]);
    // Another alert is a page here; what is in the documents is named.
    return other ? h('a', { key: i, href: '#/alerts/' + link[1] }, words(link[1])) : h('span', { key: i }, words(link[1]));
  });
}
