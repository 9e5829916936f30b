// The subscriptions of the realm, with what happens on them.
import { matching, Table } from '../table.js';
import { clock, count, Dialog, Failure, h, json, listAll, rate, rateKeeper, since, useEffect, useMemo, usePolled, useState } from '../ui.js';

const COLUMNS = [
    { key: 'uri', title: 'Topic', width: 'minmax(14rem, 3fr)', show: (row) => row.uri || '(every topic)' },
    { key: 'match', title: 'Match', width: '6rem' },
    { key: 'subscribers', title: 'Subscribers', width: '7rem', number: true, show: (row) => count(row.subscribers) },
    { key: 'publications_rate', title: 'Events /s', width: '6rem', number: true, show: (row) => rate(row.publications_rate) },
    { key: 'publications', title: 'Events', width: '7rem', number: true, show: (row) => count(row.publications) },
    { key: 'retained', title: 'Retained', width: '6rem', number: true, show: (row) => count(row.retained) },
    { key: 'history', title: 'History', width: '6rem', show: (row) => (row.history ? 'yes' : 'no') },
    { key: 'created', title: 'Since', width: '5rem', show: (row) => since(row.created) },
];

const MOST_EVENTS = 50;

/** The retained event of a topic, or null: it is the first event of a subscription that asks for it. */
async function retainedEvent(session, row) {
    return new Promise((resolve, reject) => {
        session.subscribe(row.uri, { match: row.match, get_retained: true }, (event) => event.details.retained && resolve(event))
            .then(async (unsubscribe) => {
                // Events that are retained precede the answer to a later request.
                await unsubscribe();
                resolve(null);
            }, reject);
    });
}

function Details({ session, row, onClose }) {
    const [found, set] = useState({});
    const read = (name, promise) => promise.then(
        (value) => set((now) => ({ ...now, [name]: value })),
        (failure) => set((now) => ({ ...now, failure })),
    );
    useEffect(() => {
        read('subscribers', session.call('wamp.subscription.list_subscribers', [row.id]).then(({ args }) => args[0]));
        if (row.retained > 0) {
            read('retained', retainedEvent(session, row));
        }
        if (row.history) {
            read('history', session.call('wamp.subscription.get_events', [row.id], { limit: MOST_EVENTS, reverse: true }).then(({ args }) => args));
        }
    }, []);
    return h(Dialog, { title: row.uri || 'Every topic', onClose },
        h('p', null, h('a', { href: `#/tail?${new URLSearchParams({ topic: row.uri, match: row.match })}` }, 'Watch its events'), ' · ',
            h('a', { href: `#/try?${new URLSearchParams({ what: 'publish', uri: row.uri })}` }, 'Publish')),
        h(Failure, { of: found.failure }),
        h('h3', null, 'Subscribers'),
        h('p', { class: 'ids' }, (found.subscribers ?? []).join(', ') || '–'),
        found.retained && [h('h3', null, 'Retained event'), h('pre', null, json([found.retained.args, found.retained.kwargs]))],
        found.history && [h('h3', null, `The last events of the history`),
            h('ol', { class: 'events' }, found.history.map((event, i) =>
                h('li', { key: i }, event.timestamp ? `${clock(event.timestamp)} ` : '', h('code', null, json([event.args ?? [], event.kwargs ?? {}])))))]);
}

export function Topics({ session }) {
    const rates = useMemo(rateKeeper, []);
    const [rows, failure] = usePolled(async () => rates(await listAll(session, 'junctor.topic.list'), 'id', ['publications']), 2000, [session]);
    const [search, setSearch] = useState('');
    const [open, setOpen] = useState(null);
    const found = useMemo(() => matching(rows ?? [], search, ['uri', 'match']), [rows, search]);
    return [
        h(Failure, { of: failure }),
        h('div', { class: 'tools' },
            h('input', { type: 'search', 'aria-label': 'Search topics', placeholder: 'Search', value: search, onInput: (event) => setSearch(event.target.value) }),
            h('span', { role: 'status' }, rows ? `${count(found.length)} of ${count(rows.length)} topics and patterns` : 'Loading…')),
        h(Table, { label: 'Topics', columns: COLUMNS, rows: found, rowKey: 'id', initial: ['uri', false], onOpen: setOpen, empty: rows ? 'No session has subscribed to such a topic.' : '' }),
        open && h(Details, { key: open.id, session, row: open, onClose: () => setOpen(null) }),
    ];
}
