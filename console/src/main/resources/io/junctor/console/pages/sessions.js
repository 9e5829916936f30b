// The sessions of the realm; ends one.
import { matching, Table } from '../table.js';
import { bytes, count, Dialog, Failure, Field, h, listAll, rate, rateKeeper, since, useMemo, usePolled, useState } from '../ui.js';

const TEXTS = ['session', 'authid', 'authrole', 'authmethod', 'peer', 'transport', 'serializer', 'agent'];

export const COLUMNS = [
    { key: 'session', title: 'Session', width: '11.5rem', show: (row) => String(row.session) },
    { key: 'authid', title: 'User', width: 'minmax(8rem, 2fr)' },
    { key: 'authrole', title: 'Role', width: 'minmax(6rem, 1fr)' },
    { key: 'messages_received_rate', title: 'In /s', width: '5rem', number: true, show: (row) => rate(row.messages_received_rate) },
    { key: 'messages_sent_rate', title: 'Out /s', width: '5rem', number: true, show: (row) => rate(row.messages_sent_rate) },
    { key: 'queue_bytes', title: 'Queue', width: '6rem', number: true, show: (row) => bytes(row.queue_bytes) },
    { key: 'joined', title: 'Since', width: '5rem', show: (row) => since(row.joined) },
    { key: 'peer', title: 'From', width: 'minmax(9rem, 1fr)' },
    { key: 'transport', title: 'Transport', width: '7rem' },
    { key: 'serializer', title: 'Format', width: '6rem' },
    { key: 'agent', title: 'Client', width: 'minmax(8rem, 2fr)' },
];

/** Reads all sessions with their rates. Long lists are read less often. */
export function useSessions(session) {
    const rates = useMemo(rateKeeper, []);
    const [period, setPeriod] = useState(2000);
    return usePolled(async () => {
        const rows = await listAll(session, 'junctor.session.list');
        setPeriod(rows.length > 1000 ? 10_000 : 2000);
        return rates(rows, 'session', ['messages_received', 'messages_sent']);
    }, period, [session, period]);
}

function Details({ session, row, onClose, onChange }) {
    const [failure, setFailure] = useState(null);
    const kill = async (event) => {
        event.preventDefault();
        const { reason, message } = Object.fromEntries(new FormData(event.target));
        try {
            await session.call('wamp.session.kill', [row.session], { reason, ...(message ? { message } : {}) });
            onChange();
            onClose();
        } catch (problem) {
            setFailure(problem);
        }
    };
    const hidden = (key) => key.endsWith('_rate');
    return h(Dialog, { title: `Session ${row.session}`, onClose },
        h('dl', { class: 'details' }, Object.entries(row).filter(([key]) => !hidden(key)).map(([key, value]) =>
            [h('dt', null, key.replaceAll('_', ' ')), h('dd', null, typeof value === 'string' ? value : JSON.stringify(value))])),
        h(Failure, { of: failure }),
        row.session === session.id
            ? h('p', { class: 'hint' }, 'This is the session of this page.')
            : h('form', { onSubmit: kill },
                h(Field, { label: 'Reason' }, h('input', { name: 'reason', value: 'wamp.close.killed', required: true })),
                h(Field, { label: 'Message' }, h('input', { name: 'message' })),
                h('button', { class: 'danger' }, 'End this session')));
}

export function Sessions({ session }) {
    const [rows, failure, reload] = useSessions(session);
    const [search, setSearch] = useState('');
    const [open, setOpen] = useState(null);
    const found = useMemo(() => matching(rows ?? [], search, TEXTS), [rows, search]);
    return [
        h(Failure, { of: failure }),
        h('div', { class: 'tools' },
            h('input', { type: 'search', 'aria-label': 'Search sessions', placeholder: 'Search', value: search, onInput: (event) => setSearch(event.target.value) }),
            h('span', { role: 'status' }, rows ? `${count(found.length)} of ${count(rows.length)} sessions` : 'Loading…')),
        h(Table, { label: 'Sessions', columns: COLUMNS, rows: found, rowKey: 'session', initial: ['joined', true], onOpen: setOpen, empty: rows ? 'No session is found.' : '' }),
        open && h(Details, { session, row: open, onClose: () => setOpen(null), onChange: reload }),
    ];
}
