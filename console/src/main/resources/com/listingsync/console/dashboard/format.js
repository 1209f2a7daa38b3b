// Numbers, times and names as people read them.
const whole = new Intl.NumberFormat('en');
const small = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });

export const count = n => (n == null ? '–' : whole.format(n));
export const short = n => (n == null ? '–' : Math.abs(n) < 10000 ? whole.format(Math.round(n)) : compact.format(n));
export const rate = n => (n == null ? '–' : n === 0 ? '0/s' : (n < 10 ? small.format(n) : short(n)) + '/s');

export function duration(ms) {
  if (ms == null || !Number.isFinite(ms)) return '–';
  const s = ms / 1000;
  if (s < 1) return Math.round(ms) + ' ms';
  if (s < 10) return small.format(s) + ' s';
  if (s < 90) return Math.round(s) + ' s';
  const m = Math.floor(s / 60);
  if (m < 90) return m + ' min' + (m < 10 ? ' ' + Math.round(s % 60) + ' s' : '');
  const hours = Math.floor(m / 60);
  if (hours < 48) return hours + ' h ' + (m % 60) + ' min';
  return Math.floor(hours / 24) + ' days';
}

const millis = t => (t == null ? null : typeof t === 'number' ? t : Date.parse(t));

export function ago(t, now = Date.now()) {
  const at = millis(t);
  if (at == null) return 'never';
  const past = now - at;
  if (past < -1500) return 'in ' + duration(-past);
  if (past < 0) return 'now';
  if (past < 1500) return 'just now';
  // Nobody counts the seconds of what was minutes ago.
  return (past < 90e3 || past >= 60e4 ? duration(past) : Math.round(past / 60e3) + ' min') + ' ago';
}

const clockText = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const dayText = new Intl.DateTimeFormat(undefined, { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' });

export function moment(t) {
  const at = millis(t);
  if (at == null) return '–';
  return (Date.now() - at < 20 * 3600e3 ? clockText : dayText).format(at);
}

// What the books call things, in whole words.
const REASONS = {
  'skipped.duplicate': 'already known, unchanged',
  'skipped.seen': 'read before, unchanged',
  'skipped.stale': 'older than what is known',
  'skipped.absent': 'gone at its source already',
  'skipped.elsewhere': 'read by another connection first',
  'skipped.filtered': 'not wanted by the mapping',
  'skipped.unmapped': 'no table for it',
  'skipped.superseded': 'overtaken by a newer row',
  'skipped.shadow': 'not written: the sink is in the shadow',
  'skipped.cutover': 'left to the older sync',
  parked: 'waiting for its listing',
  written: 'written to Supabase',
  unchanged: 'in Supabase already',
  derived: 'rows that follow from others',
  fetched: 'read from the source',
};
export function reason(name) {
  if (REASONS[name]) return REASONS[name];
  const [kind, ...rest] = name.split('.');
  const what = rest.join('.').replaceAll('-', ' ').replaceAll('_', ' ');
  return kind === 'refused' ? 'refused: ' + what : kind === 'skipped' ? 'skipped: ' + what : name;
}

export const topicName = name => name.split('.').slice(1).join('.');
