// The console's API: one key, kept for as long as the tab is open, and problems as errors with a sentence.
const KEY = 'listing-sync-key';
let key = sessionStorage.getItem(KEY) ?? '';

export class Problem extends Error {
  constructor(status, detail) {
    super(detail);
    this.status = status;
  }
}

export function useKey(given) {
  key = given;
  if (given) sessionStorage.setItem(KEY, given);
  else sessionStorage.removeItem(KEY);
}
export const hasKey = () => key !== '';

function headers(more) {
  return key ? { ...more, Authorization: 'Bearer ' + key } : more;
}

async function problem(response) {
  try {
    const told = await response.json();
    return new Problem(response.status, told.detail ?? response.statusText);
  } catch {
    return new Problem(response.status, 'The console answered ' + response.status + ' and no reason.');
  }
}

async function send(path, options) {
  let response;
  try {
    response = await fetch(path, { ...options, headers: headers(options.headers), cache: 'no-store' });
  } catch (e) {
    if (e.name === 'AbortError') throw e;
    throw new Problem(0, 'The console does not answer.');
  }
  if (!response.ok) throw await problem(response);
  return response;
}

export async function get(path, signal) {
  return (await send(path, { signal })).json();
}

export async function post(path, body) {
  const response = await send(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID?.() ?? String(Math.random()).slice(2) },
    body: JSON.stringify(body),
  });
  return response.json();
}

// Server-sent events by fetch, since EventSource can't send a key. Calls told(name, data); ends with an error.
export async function events(signal, opened, told) {
  const response = await send('/api/events', { signal, headers: { Accept: 'text/event-stream' } });
  opened();
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) throw new Problem(0, 'The console hung up.');
    text += value;
    let end;
    while ((end = text.indexOf('\n\n')) >= 0) {
      const block = text.slice(0, end);
      text = text.slice(end + 2);
      let name = 'message';
      let data = '';
      for (const line of block.split('\n')) {
        if (line.startsWith('event: ')) name = line.slice(7);
        else if (line.startsWith('data: ')) data += line.slice(6);
      }
      told(name, data ? JSON.parse(data) : null);
    }
  }
}
