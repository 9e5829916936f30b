// The events of a topic or pattern as they arrive.
import { clock, count, Failure, Field, h, json, useEffect, useRef, useState } from '../ui.js';

const MOST_LINES = 500;
const REFRESH_MILLIS = 200;

export function Tail({ session, query }) {
    const [wanted, setWanted] = useState(query.has('topic') ? { topic: query.get('topic'), match: query.get('match') ?? 'exact' } : null);
    const [failure, setFailure] = useState(null);
    const [lines, setLines] = useState([]);
    const [total, setTotal] = useState(0);
    const [paused, setPaused] = useState(false);
    const [filter, setFilter] = useState('');
    const buffer = useRef({ lines: [], total: 0, next: 0 });

    useEffect(() => {
        buffer.current = { lines: [], total: 0, next: 0 };
        setLines([]);
        setTotal(0);
        setFailure(null);
        if (!wanted) {
            return undefined;
        }
        // Events are shown together: a page that renders each one cannot follow a busy topic.
        const subscribing = session.subscribe(wanted.topic, { match: wanted.match }, (event) => {
            const now = buffer.current;
            now.total++;
            now.lines.unshift({ key: now.next++, time: Date.now(), ...event });
            now.lines.length = Math.min(now.lines.length, MOST_LINES);
        });
        subscribing.catch(setFailure);
        return () => subscribing.then((unsubscribe) => unsubscribe()).catch(() => {});
    }, [session, wanted]);

    useEffect(() => {
        if (paused) {
            return undefined;
        }
        const timer = setInterval(() => {
            setTotal(buffer.current.total);
            setLines([...buffer.current.lines]);
        }, REFRESH_MILLIS);
        return () => clearInterval(timer);
    }, [paused]);

    const begin = (event) => {
        event.preventDefault();
        setWanted(Object.fromEntries(new FormData(event.target)));
    };
    const text = (line) => `${line.topic} ${json(line.args)} ${json(line.kwargs)}`;
    const shown = lines.filter((line) => text(line).toLowerCase().includes(filter.toLowerCase()));
    return [
        h('form', { class: 'tools', onSubmit: begin },
            h(Field, { label: 'Topic' }, h('input', { name: 'topic', value: wanted?.topic ?? '', placeholder: 'com.example.topic', size: 36 })),
            h(Field, { label: 'Match' }, h('select', { name: 'match', value: wanted?.match ?? 'exact' },
                ['exact', 'prefix', 'wildcard'].map((match) => h('option', { key: match, value: match }, match)))),
            h('button', { class: 'main' }, 'Watch'),
            wanted && h('button', { type: 'button', onClick: () => setWanted(null) }, 'Stop')),
        h(Failure, { of: failure }),
        wanted && h('div', { class: 'tools' },
            h('input', { type: 'search', 'aria-label': 'Filter events', placeholder: 'Filter', value: filter, onInput: (event) => setFilter(event.target.value) }),
            h('button', { type: 'button', 'aria-pressed': String(paused), onClick: () => setPaused(!paused) }, paused ? 'Go on' : 'Pause'),
            h('span', null, `${count(total)} events, the last ${MOST_LINES} are kept`)),
        h('ol', { class: 'events', 'aria-label': 'Events' }, shown.map((line) =>
            h('li', { key: line.key }, h('time', null, clock(line.time)), ' ', h('span', { class: 'uri' }, line.topic), ' ',
                h('code', null, json(line.args), Object.keys(line.kwargs).length > 0 ? ` ${json(line.kwargs)}` : '')))),
        wanted && total === 0 && h('p', { class: 'hint' }, 'No event yet.'),
    ];
}
