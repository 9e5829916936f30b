// The console: login, navigation, and the session that all pages share.
import { Failure, h, render, useEffect, useRef, useState } from './ui.js';
import { Login } from './login.js';
import { join } from './wamp.js';
import { Configuration } from './pages/configuration.js';
import { Log } from './pages/log.js';
import { Overview } from './pages/overview.js';
import { Procedures } from './pages/procedures.js';
import { Sessions } from './pages/sessions.js';
import { Slow } from './pages/slow.js';
import { Tail } from './pages/tail.js';
import { Topics } from './pages/topics.js';
import { Try } from './pages/try.js';

const PAGES = [
    ['overview', 'Overview', Overview],
    ['sessions', 'Sessions', Sessions],
    ['topics', 'Topics', Topics],
    ['procedures', 'Procedures', Procedures],
    ['tail', 'Live tail', Tail],
    ['try', 'Try it', Try],
    ['slow', 'Slow and refused', Slow],
    ['configuration', 'Configuration', Configuration],
    ['log', 'Log', Log],
];

const LONGEST_PAUSE = 15_000;

/** The page and its parameters in the address, such as #/tail?topic=com.example. */
function place() {
    const [name, query] = location.hash.replace(/^#\/?/, '').split('?');
    return { name: PAGES.some(([page]) => page === name) ? name : 'overview', query: new URLSearchParams(query) };
}

function usePlace() {
    const [now, set] = useState(place());
    useEffect(() => {
        const moved = () => set(place());
        addEventListener('hashchange', moved);
        return () => removeEventListener('hashchange', moved);
    }, []);
    return now;
}

/** Joins, and joins again when the connection is lost. */
function useSession(settings) {
    const [state, set] = useState({ session: null, failure: null, trying: true });
    const login = useRef(null);
    const timer = useRef(0);

    const begin = async (wanted, pause = 0) => {
        clearTimeout(timer.current);
        set((now) => ({ ...now, trying: true, failure: pause ? now.failure : null }));
        try {
            const session = await join({ ...wanted, url: new URL(settings.websocket, location.href.replace(/^http/, 'ws')).href });
            const role = session.details.authrole;
            if (settings.role && role !== settings.role) {
                session.close();
                throw new Error(`this console is for the role ${settings.role}, and this user has the role ${role}`);
            }
            login.current = wanted;
            session.onEnd = (uri, text) => onEnd(wanted, uri, text);
            set({ session, failure: null, trying: false });
        } catch (failure) {
            const isLost = pause > 0 && !failure.uri;
            set({ session: null, failure, trying: isLost });
            if (isLost) {
                timer.current = setTimeout(() => begin(wanted, Math.min(LONGEST_PAUSE, pause * 2)), pause);
            }
        }
    };
    const onEnd = (wanted, uri, text) => {
        const isMeant = login.current === null;
        set({ session: null, failure: isMeant ? null : new Error(uri ? `${uri}: ${text}` : text), trying: !isMeant && !uri });
        if (!isMeant && !uri) {
            timer.current = setTimeout(() => begin(wanted, 1000), 1000);
        }
    };
    const leave = () => {
        clearTimeout(timer.current);
        login.current = null;
        state.session?.close();
        set({ session: null, failure: null, trying: false });
    };
    return [state, begin, leave];
}

function App({ settings }) {
    const [{ session, failure, trying }, begin, leave] = useSession(settings);
    const { name, query } = usePlace();
    const title = useRef(null);
    useEffect(() => {
        // On this machine most realms let anonymous sessions in: then the page needs no form.
        if (settings.realms.length > 0) {
            begin({ realm: settings.realms[0], methods: ['anonymous'] });
        }
    }, []);
    useEffect(() => {
        document.title = `${PAGES.find(([page]) => page === name)[1]} – Junctor console`;
        title.current?.focus();
    }, [name, session !== null]);

    if (!session) {
        return h('main', { class: 'login' }, h('h1', null, 'Junctor console'),
            h(Login, { settings, failure, trying, begin, leave }));
    }
    const [, heading, Page] = PAGES.find(([page]) => page === name);
    const { realm, authid, authrole } = session.details;
    return [
        h('header', { class: 'top' },
            h('strong', null, 'Junctor'),
            h('nav', { 'aria-label': 'Pages' }, PAGES.map(([page, text]) =>
                h('a', { key: page, href: `#/${page}`, 'aria-current': page === name ? 'page' : undefined }, text))),
            h('span', { class: 'who' }, `${realm ?? ''} · ${authid} (${authrole})`),
            h('button', { type: 'button', onClick: leave }, 'Log out')),
        h('main', null, h('h1', { ref: title, tabIndex: -1 }, heading),
            h(Page, { key: name + query.toString(), session, query })),
    ];
}

const root = document.getElementById('app');
try {
    const response = await fetch('settings.json');
    if (!response.ok) {
        throw new Error(`the router answers ${response.status} to settings.json`);
    }
    render(h(App, { settings: await response.json() }), root);
} catch (failure) {
    render(h(Failure, { of: failure }), root);
}
