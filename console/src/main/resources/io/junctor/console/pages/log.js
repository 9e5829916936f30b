// The last lines of the router's log, and how much each logger tells.
import { clock, Failure, Field, h, useEffect, useRef, useState } from '../ui.js';

const PERIOD = 2000;
const MOST = 1000;
const LEVELS = ['error', 'warn', 'info', 'debug', 'trace'];

/** Reads the lines that are new since the last time. */
function useLog(session) {
    const [state, set] = useState({ lines: [], levels: {}, loggers: [], failure: null });
    const last = useRef(0);
    useEffect(() => {
        let timer = 0;
        let ended = false;
        const round = async () => {
            try {
                const { lines, levels, loggers } = (await session.call('junctor.log.list', [], { after: last.current })).args[0];
                last.current = lines.at(-1)?.number ?? last.current;
                ended || set((now) => ({ lines: [...now.lines, ...lines].slice(-MOST), levels, loggers, failure: null }));
            } catch (failure) {
                ended || set((now) => ({ ...now, failure }));
            }
            if (!ended) {
                timer = setTimeout(round, PERIOD);
            }
        };
        round();
        return () => {
            ended = true;
            clearTimeout(timer);
        };
    }, [session]);
    return state;
}

function Levels({ session, levels, loggers }) {
    const [failure, setFailure] = useState(null);
    const change = async (event) => {
        event.preventDefault();
        const { logger, level } = Object.fromEntries(new FormData(event.target));
        try {
            await session.call('junctor.log.level', [], { logger, level: level || null });
            setFailure(null);
        } catch (problem) {
            setFailure(problem);
        }
    };
    return h('details', null, h('summary', null, 'How much is logged'),
        h('ul', { class: 'plain' }, Object.entries(levels).map(([name, level]) =>
            h('li', { key: name }, h('code', null, name), ' ', h('strong', null, level)))),
        h('form', { onSubmit: change },
            h(Field, { label: 'Logger' }, h('input', { name: 'logger', list: 'loggers', value: 'io.junctor', required: true })),
            h('datalist', { id: 'loggers' }, loggers.map((name) => h('option', { key: name, value: name }))),
            h(Field, { label: 'Level', hint: 'Holds until the router stops.' }, h('select', { name: 'level' },
                h('option', { value: '' }, 'as at the start'), LEVELS.map((level) => h('option', { key: level, value: level }, level)))),
            h('button', null, 'Set')),
        h(Failure, { of: failure }));
}

export function Log({ session }) {
    const { lines, levels, loggers, failure } = useLog(session);
    const [search, setSearch] = useState('');
    const [paused, setPaused] = useState(null);
    const shown = (paused ?? lines).filter(({ level, logger, text }) => `${level} ${logger} ${text}`.toLowerCase().includes(search.toLowerCase()));
    return [
        h(Failure, { of: failure }),
        h('div', { class: 'tools' },
            h(Field, { label: 'Filter' }, h('input', { type: 'search', value: search, onInput: (event) => setSearch(event.target.value) })),
            h('button', { type: 'button', 'aria-pressed': paused !== null, onClick: () => setPaused(paused ? null : lines) }, paused ? 'Continue' : 'Pause')),
        h('p', { role: 'status', class: 'hint' }, `${shown.length} of ${(paused ?? lines).length} lines, the newest first`),
        h('ol', { class: 'log' }, shown.toReversed().map(({ number, time, level, logger, text }) =>
            h('li', { key: number, class: level === 'error' || level === 'warn' ? 'alarm' : undefined },
                h('time', { dateTime: time }, clock(time)), ' ', h('strong', null, level), ' ', h('span', null, logger), ' ', text))),
        h(Levels, { session, levels, loggers }),
    ];
}
