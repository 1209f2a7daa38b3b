// One listing: what Supabase holds of it, and the story of how it came to be so.
import { h } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import * as api from './api.js';
import { ago, count, moment } from './format.js';
import { Card, Figure, Notice, Page, Pill, Table } from './parts.js';

const money = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const price = n => (n == null ? '–' : money.format(n));

function useAnswer(path, again = 0) {
  const [state, set] = useState({ data: null, problem: '', path: '' });
  useEffect(() => {
    if (!path) return undefined;
    const abort = new AbortController();
    api.get(path, abort.signal).then(data => set({ data, problem: '', path }), e => { if (e.name !== 'AbortError') set({ data: null, problem: e.message, path }); });
    return () => abort.abort();
  }, [path, again]);
  return state.path === path ? state : { data: null, problem: '' };
}

export function Listings({ words = '' }) {
  const [text, setText] = useState(words);
  const { data, problem } = useAnswer(words && '/api/listings?q=' + encodeURIComponent(words));
  const search = event => {
    event.preventDefault();
    if (text.trim()) location.hash = '#/listings/' + encodeURIComponent(text.trim());
  };
  return h(Page, { title: 'Listings', lead: 'What Supabase holds of a listing, and how it came to be so.' },
    h('form', { class: 'search', role: 'search', onSubmit: search },
      h('label', { for: 'q' }, 'Key, MLS number, property number or address'),
      h('div', { class: 'card-line' }, h('input', { id: 'q', type: 'search', value: text, maxLength: 120, onInput: e => setText(e.target.value) }), h('button', { type: 'submit', class: 'button primary' }, 'Search'))),
    problem && h(Notice, { state: 'warn' }, problem),
    words && !problem && h(Card, { title: data ? count(data.items.length) + ' found' : 'Asking …', id: 'c-found' },
      data && h(Table, { caption: 'Listings found', empty: h('span', null, 'Supabase holds no such listing. ', h('a', { href: '#/listing/' + encodeURIComponent(words) }, 'What the log knows of ' + words)),
        columns: [{ name: 'Listing' }, { name: 'MLS number' }, { name: 'Address' }, { name: 'City' }, { name: 'Status' }, { name: 'Price', num: true }],
        rows: data.items.map(l => ({ key: l.listing_key, cells: [h('a', { href: '#/listing/' + encodeURIComponent(l.listing_key) }, l.listing_key), l.listing_id ?? '–', h('span', { class: 'wrap' }, l.address ?? '–'), l.city ?? '–', l.deleted_at ? 'deleted' : l.status ?? '–', price(l.list_price)] })) })));
}

const HIDDEN = new Set(['row_version', 'created_at', 'updated_at']);

const STAGES = { producer: 'read', processor: 'processor', sink: 'sink', operator: 'operator', supabase: 'Supabase' };
const GOOD = new Set(['in-step', 'deleted']);
const day = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

// What happened to a key in the order of time, and why it is as it is.
function Story({ id, again, readAgain }) {
  const { data, problem } = useAnswer('/api/listings/' + encodeURIComponent(id) + '/trace', again);
  return h(Card, { title: 'Trace', id: 'c-trace', note: data && data.events.length + (data.events.length === 1 ? ' event' : ' events') },
    problem && h(Notice, { state: 'warn' }, problem),
    !data && !problem && h('p', { class: 'empty' }, 'Reading the log …'),
    data && [
      data.key !== data.listing && h('p', null, data.key + ' belongs to listing ', h('a', { href: '#/listing/' + encodeURIComponent(data.listing) }, data.listing)),
      h('ol', { class: 'timeline' },
        data.events.map((e, i) => h('li', { key: i, class: e.kind === 'refused' ? 'bad' : '' },
          h('time', { dateTime: new Date(e.at).toISOString() }, day.format(e.at)), h('b', null, STAGES[e.stage] ?? e.stage), h('span', null, e.subject + ': ' + e.text))),
        h('li', { class: 'verdict-line ' + (GOOD.has(data.state) ? 'good' : 'warn') }, h(Pill, { state: GOOD.has(data.state) ? 'completed' : 'partial' }, data.state.replaceAll('-', ' ')), h('strong', null, data.words)))],
    h('div', { class: 'card-line' }, h('button', { type: 'button', class: 'button', onClick: readAgain }, 'Read again')));
}

export function ListingPage({ id }) {
  const [again, bump] = useState(0);
  const { data, problem } = useAnswer('/api/listings/' + encodeURIComponent(id), again);
  const row = data?.row ?? data?.sheetRows[0];
  const here = rows => (rows ?? []).filter(r => !r.deleted_at);
  return h(Page, { title: 'Listing ' + id, lead: row && [row.address, row.city].filter(Boolean).join(', ') },
    problem && h(Notice, { state: 'warn' }, problem),
    data && h('dl', { class: 'figures' },
      h(Figure, { label: 'Status', value: row.deleted_at ? 'deleted' : row.status ?? '–' }), h(Figure, { label: 'Price', value: price(row.list_price ?? row.price) }),
      h(Figure, { label: 'Photos', value: count(here(data.photos).length) }), h(Figure, { label: 'Rooms', value: count(here(data.rooms).length) }),
      h(Figure, { label: 'Open houses', value: count(here(data.openHouses).length) }), h(Figure, { label: 'Posts up', value: count(data.posts.filter(p => p.status === 'published').length) }),
      h(Figure, { label: 'Written', value: row.updated_at ? ago(row.updated_at) : '–' })),
    data && h('div', { class: 'columns' },
      h(Card, { title: 'Status history', id: 'c-status' }, h(Table, { caption: 'Status history', empty: 'Its status has not changed since it was first read.', columns: [{ name: 'When' }, { name: 'From' }, { name: 'To' }, { name: 'What followed' }],
        rows: [...data.statusHistory].sort((a, b) => (a.changed_at < b.changed_at ? 1 : -1)).map((s, i) => ({ key: i, cells: [moment(s.changed_at), s.from_status ?? '–', s.to_status ?? '–', s.action ?? '–'] })) })),
      h(Card, { title: 'Posts', id: 'c-posts' }, h(Table, { caption: 'Posts', empty: 'There are no posts of it.', columns: [{ name: 'Platform' }, { name: 'Post' }, { name: 'State' }, { name: 'Taken down' }],
        rows: data.posts.map(p => ({ key: p.platform + p.external_id, cells: [p.platform, h('code', null, p.external_id), p.status, p.unpublished_at ? moment(p.unpublished_at) : '–'] })) }))),
    h(Story, { id, again, readAgain: () => bump(n => n + 1) }),
    row && h(Card, { title: 'The row in Supabase', id: 'c-row' }, h(Table, { caption: 'Columns of the row', columns: [{ name: 'Column' }, { name: 'Value' }],
      rows: Object.entries(row).filter(([name, v]) => v !== null && !HIDDEN.has(name)).map(([name, v]) => ({ key: name, cells: [h('code', null, name), h('span', { class: 'wrap' }, typeof v === 'object' ? JSON.stringify(v) : String(v))] })) })),
    data && data.sheetRows.length > 0 && data.row && h(Card, { title: 'Linked sheet rows', id: 'c-sheets' }, h(Table, { caption: 'Linked sheet rows', columns: [{ name: 'Property number' }, { name: 'Status' }, { name: 'In the sheet' }], rows: data.sheetRows.map(s => ({ key: s.property_number, cells: [h('a', { href: '#/listing/' + encodeURIComponent(s.property_number) }, s.property_number), s.status ?? '–', s.sheet_status ?? '–'] })) })));
}
