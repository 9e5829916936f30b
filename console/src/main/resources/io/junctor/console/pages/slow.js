// The sessions that take too little or ask for too much, and what the router refused.
import { matching, Table } from '../table.js';
import { bytes, count, Failure, h, rate, rateKeeper, useMemo, usePolled } from '../ui.js';
import { useSessions } from './sessions.js';

const COLUMNS = [
    { key: 'session', title: 'Session', width: '11.5rem', show: (row) => String(row.session) },
    { key: 'authid', title: 'User', width: 'minmax(8rem, 2fr)' },
    { key: 'queue_bytes', title: 'Queue', width: '6rem', number: true, show: (row) => bytes(row.queue_bytes) },
    { key: 'queue_messages', title: 'Messages', width: '7rem', number: true, show: (row) => count(row.queue_messages) },
    { key: 'events_dropped', title: 'Events dropped', width: '9rem', number: true, show: (row) => count(row.events_dropped) },
    { key: 'requests_refused', title: 'Requests refused', width: '9rem', number: true, show: (row) => count(row.requests_refused) },
    { key: 'peer', title: 'From', width: 'minmax(9rem, 1fr)' },
    { key: 'agent', title: 'Client', width: 'minmax(8rem, 1fr)' },
];

/** The counters of what went wrong: all others are of what works. */
const GOOD = new Set([
    'connections_opened', 'connections_closed', 'sessions_joined', 'sessions_left', 'messages_received', 'messages_sent', 'bytes_received',
    'bytes_sent', 'events_sent', 'calls', 'credentials_checked', 'keys_derived', 'realms_begun', 'realms_ended',
]);

export function Slow({ session }) {
    const [rows, failure] = useSessions(session);
    const rates = useMemo(rateKeeper, []);
    const [counters, failed] = usePolled(async () => {
        const all = (await session.call('junctor.router.get')).args[0].counters;
        return rates(Object.entries(all).map(([name, value]) => ({ name, value })), 'name', ['value']);
    }, 2000, [session]);
    const slow = useMemo(
        () => matching(rows ?? [], '', []).filter((row) => row.queue_bytes > 0 || row.events_dropped > 0 || row.requests_refused > 0),
        [rows],
    );
    const bad = (counters ?? []).filter(({ name, value }) => value > 0 && !GOOD.has(name));
    return [
        h(Failure, { of: failure ?? failed }),
        h('h2', null, 'Sessions'),
        h(Table, { label: 'Slow sessions', columns: COLUMNS, rows: slow, rowKey: 'session', initial: ['queue_bytes', true], empty: rows ? 'No session waits, lost an event or was refused a request.' : '' }),
        h('h2', null, 'Counted since the start of the router'),
        bad.length === 0
            ? h('p', { class: 'hint' }, 'Nothing was dropped or refused.')
            : h('dl', { class: 'facts' }, bad.map(({ name, value, value_rate }) =>
                h('div', { key: name, class: value_rate > 0 ? 'fact alarm' : 'fact' },
                    h('dt', null, name.replaceAll('_', ' ')), h('dd', null, `${count(value)} (${rate(value_rate)}/s)`)))),
    ];
}
