// The registrations of the realm, with their calls.
import { matching, Table } from '../table.js';
import { count, Dialog, Failure, h, listAll, milliseconds, rate, rateKeeper, since, useEffect, useMemo, usePolled, useState } from '../ui.js';

const COLUMNS = [
    { key: 'uri', title: 'Procedure', width: 'minmax(14rem, 3fr)' },
    { key: 'match', title: 'Match', width: '6rem' },
    { key: 'invoke', title: 'Chooses', width: '7rem' },
    { key: 'callees', title: 'Callees', width: '6rem', number: true, show: (row) => count(row.callees) },
    { key: 'calls_rate', title: 'Calls /s', width: '6rem', number: true, show: (row) => rate(row.calls_rate) },
    { key: 'p50_ms', title: 'Half within', width: '7rem', number: true, show: (row) => milliseconds(row.p50_ms) },
    { key: 'p99_ms', title: '99 % within', width: '7rem', number: true, show: (row) => milliseconds(row.p99_ms) },
    { key: 'errors', title: 'Errors', width: '6rem', number: true, show: (row) => count(row.errors) },
    { key: 'open', title: 'Open', width: '5rem', number: true, show: (row) => count(row.open) },
    { key: 'waiting', title: 'Waiting', width: '5rem', number: true, show: (row) => count(row.waiting) },
    { key: 'calls', title: 'Calls', width: '7rem', number: true, show: (row) => count(row.calls) },
    { key: 'created', title: 'Since', width: '5rem', show: (row) => since(row.created) },
];

function Details({ session, row, onClose }) {
    const [callees, set] = useState({});
    useEffect(() => {
        session.call('wamp.registration.list_callees', [row.id]).then(
            ({ args }) => set({ ids: args[0] }),
            (failure) => set({ failure }),
        );
    }, []);
    return h(Dialog, { title: row.uri, onClose },
        h('p', null, h('a', { href: `#/try?${new URLSearchParams({ what: 'call', uri: row.uri })}` }, 'Call it')),
        h(Failure, { of: callees.failure }),
        h('h3', null, 'Callees'),
        h('p', { class: 'ids' }, (callees.ids ?? []).join(', ') || '–'));
}

export function Procedures({ session }) {
    const rates = useMemo(rateKeeper, []);
    const [rows, failure] = usePolled(async () => rates(await listAll(session, 'junctor.procedure.list'), 'id', ['calls', 'errors']), 2000, [session]);
    const [search, setSearch] = useState('');
    const [open, setOpen] = useState(null);
    const found = useMemo(() => matching(rows ?? [], search, ['uri', 'match', 'invoke']), [rows, search]);
    return [
        h(Failure, { of: failure }),
        h('div', { class: 'tools' },
            h('input', { type: 'search', 'aria-label': 'Search procedures', placeholder: 'Search', value: search, onInput: (event) => setSearch(event.target.value) }),
            h('span', { role: 'status' }, rows ? `${count(found.length)} of ${count(rows.length)} procedures` : 'Loading…')),
        h(Table, { label: 'Procedures', columns: COLUMNS, rows: found, rowKey: 'id', initial: ['uri', false], onOpen: setOpen, empty: rows ? 'No session has registered such a procedure.' : '' }),
        open && h(Details, { key: open.id, session, row: open, onClose: () => setOpen(null) }),
    ];
}
