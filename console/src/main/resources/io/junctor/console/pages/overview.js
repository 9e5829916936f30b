// What the router does now, and did in the last 15 minutes.
import { Chart } from '../chart.js';
import { bytes, count, Fact, Failure, h, rate, rateKeeper, since, useMemo, usePolled } from '../ui.js';

const KINDS = ['publish', 'call', 'yield', 'error', 'subscribe', 'register'];

/** The growth per second of a column, or its value. */
function column(history, name, grows) {
    const index = history.columns.indexOf(name);
    const time = history.columns.indexOf('time');
    return history.rows.slice(1).map((row, i) => {
        const before = history.rows[i];
        return grows ? (row[index] - before[index]) / Math.max(0.001, (row[time] - before[time]) / 1000) : row[index];
    });
}

function charts(history) {
    const grown = (name) => column(history, name, true);
    const value = (name) => column(history, name, false);
    const times = value('time').map((time) => time / 1000);
    const processors = value('processors').at(-1) ?? 1;
    return [
        { title: 'Messages per second', series: ['in', 'out'], format: rate, data: [times, grown('messages_received'), grown('messages_sent')] },
        { title: 'Events and calls per second', series: ['events', 'calls'], format: rate, data: [times, grown('events_sent'), grown('calls')] },
        { title: 'Dropped and failed per second', series: ['events dropped', 'calls failed', 'not authorized'], format: rate,
            data: [times, grown('events_dropped'), grown('calls_failed'), grown('requests_not_authorized')] },
        { title: 'Sessions', series: ['sessions'], format: count, data: [times, value('sessions')] },
        { title: 'Memory', series: ['heap', 'queues'], format: bytes, data: [times, value('heap_bytes'), value('outbox_bytes')] },
        { title: 'Processors', series: ['used'], format: (used) => `${Math.round(used)} %`,
            data: [times, grown('cpu_millis').map((used) => used / 10 / processors)] },
    ];
}

export function Overview({ session }) {
    const rates = useMemo(() => [rateKeeper(), rateKeeper()], []);
    const [now, failure] = usePolled(async () => {
        const router = (await session.call('junctor.router.get')).args[0];
        const realm = (await session.call('junctor.realm.get')).args[0];
        rates[0]([router.counters], 'realm', Object.keys(router.counters));
        rates[1]([realm.received], 'realm', KINDS);
        return { router, realm };
    }, 2000, [session]);
    const [history] = usePolled(async () => (await session.call('junctor.router.history')).args[0], 5000, [session]);
    if (!now) {
        return failure ? h(Failure, { of: failure }) : h('p', { role: 'status' }, 'Loading…');
    }
    const { counters, gauges } = now.router;
    const { received } = now.realm;
    return [
        h(Failure, { of: failure }),
        h('h2', null, 'Router'),
        h('dl', { class: 'facts' },
            h(Fact, { name: 'Sessions', value: count(gauges.sessions) }),
            h(Fact, { name: 'Messages in /s', value: rate(counters.messages_received_rate) }),
            h(Fact, { name: 'Messages out /s', value: rate(counters.messages_sent_rate) }),
            h(Fact, { name: 'Waiting for clients', value: bytes(gauges.outbox_bytes) }),
            h(Fact, { name: 'Waiting operations', value: count(gauges.operations_waiting) }),
            h(Fact, { name: 'Heap', value: `${bytes(gauges.heap_bytes)} of ${bytes(gauges.heap_max_bytes)}` }),
            h(Fact, { name: 'Events dropped', value: count(counters.events_dropped), alarm: counters.events_dropped_rate > 0 }),
            h(Fact, { name: 'Joins refused', value: count(counters.joins_refused), alarm: counters.joins_refused_rate > 0 }),
            h(Fact, { name: 'Running for', value: since(now.router.started) })),
        history?.rows.length > 2
            ? h('div', { class: 'charts' }, charts(history).map((chart) => h(Chart, { key: chart.title, ...chart })))
            : h('p', { class: 'hint' }, 'The charts begin when the router has run for 15 seconds.'),
        h('h2', null, `Realm ${now.realm.realm}`),
        h('dl', { class: 'facts' },
            h(Fact, { name: 'Sessions', value: count(now.realm.sessions) }),
            h(Fact, { name: 'Topics', value: count(now.realm.subscriptions) }),
            h(Fact, { name: 'Procedures', value: count(now.realm.registrations) }),
            KINDS.map((kind) => h(Fact, { key: kind, name: `${kind} /s`, value: rate(received[`${kind}_rate`]) }))),
    ];
}
