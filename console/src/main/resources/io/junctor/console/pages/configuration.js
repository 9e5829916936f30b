// The configuration of the realm that is in force; the router leaves secrets out.
import { bytes, count, Fact, Failure, h, usePolled, useState } from '../ui.js';

const PERIOD = 10_000;

const words = (key) => key.replaceAll('_', ' ');
const text = (value) => (typeof value === 'number' ? count(value) : String(value ?? 'nothing'));

function Rules({ role }) {
    return h('ul', { class: 'plain' },
        role.rules.map(({ effect, uri, match, actions }, i) => h('li', { key: i },
            h('strong', null, effect), ' ', actions.join(', '), ' ', h('code', null, uri || '""'), match === 'exact' ? '' : ` (${match})`)),
        role.rules.length === 0 && h('li', null, 'no rule'),
        role.authorizer && h('li', null, h('strong', null, 'otherwise ask'), ' ', h('code', null, role.authorizer)));
}

function Listener({ listener }) {
    const { address, tls, websockets, protocols, serializers, origins, joins, message_bytes } = listener;
    const allowed = Object.entries(joins).filter(([, names]) => names.length > 0).map(([what, names]) => `${words(what)} ${names.join(', ')}`);
    return h('li', null, h('strong', null, address), tls ? ' with TLS' : '', listener.client_certificates ? ` (client certificates: ${listener.client_certificates})` : '',
        `: ${protocols.join(', ')}; `, websockets.map((path) => h('code', { key: path }, path, ' ')),
        `; ${serializers.join(', ')}; messages up to ${bytes(message_bytes)}`,
        ['console', 'http_gateway', 'trusted_proxies'].filter((key) => listener[key]).map((key) => `; ${words(key)}`),
        origins.length > 0 ? `; pages of ${origins.join(', ')}` : '', allowed.length > 0 ? `; only ${allowed.join('; ')}` : '');
}

/** Lets the router read its file again, and tells what came of it. */
function Reload({ session, onDone }) {
    const [{ answer, failure }, set] = useState({});
    const reload = async () => {
        try {
            set({ answer: (await session.call('junctor.config.reload')).args[0] });
            onDone();
        } catch (problem) {
            set({ failure: problem });
        }
    };
    const place = ({ file, line, column, problem }) => `${file}${line ? `:${line}:${column}` : ''}: ${problem}`;
    return [
        h('p', null, h('button', { type: 'button', onClick: reload }, 'Read the file again')),
        h(Failure, { of: failure }),
        answer?.applied && h('div', { role: 'status' },
            h('p', null, answer.changes.length ? `Changed: ${answer.changes.join(', ')}` : 'Nothing has changed.'),
            answer.restart.length > 0 && h('p', null, `Needs a restart: ${answer.restart.join(', ')}`),
            answer.warnings.map((warning, i) => h('p', { key: i }, place(warning)))),
        answer && !answer.applied && h('div', { class: 'failure', role: 'alert' },
            h('p', null, 'The configuration is as before, as the file has mistakes:'),
            h('ul', { class: 'plain' }, answer.errors.map((error, i) => h('li', { key: i }, place(error))))),
    ];
}

export function Configuration({ session }) {
    const [state, failure, again] = usePolled(async () => ({
        config: (await session.call('junctor.config.get')).args[0],
        router: (await session.call('junctor.config.router')).args[0],
    }), PERIOD, [session]);
    const { config, router } = state ?? {};
    if (!config) {
        return failure ? h(Failure, { of: failure }) : h('p', { role: 'status' }, 'Loading…');
    }
    return [
        h(Failure, { of: failure }),
        h(Reload, { session, onDone: again }),
        h('h2', null, 'Listeners'),
        h('ul', { class: 'plain' }, router.listeners.map((listener) => h(Listener, { key: listener.address, listener }))),
        h('h2', null, 'Router'),
        h('dl', { class: 'facts' }, [['realms', router.realms.join(', ')], ...router.templates.map(({ realm, most }) => [realm, `up to ${count(most)} realms`]),
            ...Object.entries(router.limits), ['shutdown', router.shutdown]].map(([key, value]) => h(Fact, { key, name: words(key), value: text(value) }))),
        h('h2', null, `Realm ${config.realm}`),
        h('dl', { class: 'facts' }, ['uris', 'request_ids', 'anonymous_role', 'anonymous_loopback_role'].map((key) =>
            h(Fact, { key, name: words(key), value: text(config[key]) }))),
        h('h2', null, 'Login'),
        config.authmethods.length === 0 && h('p', { class: 'hint' }, 'No method but anonymous.'),
        h('ul', { class: 'plain' }, config.authmethods.map(({ method, provider, users }) =>
            h('li', { key: method }, h('strong', null, method), ` by ${provider}`, users === null ? '' : `, ${count(users)} users`))),
        h('h2', null, 'Roles'),
        Object.entries(config.roles).map(([name, role]) => [h('h3', null, name), h(Rules, { role })]),
        h('h2', null, 'Limits'),
        h('dl', { class: 'facts' }, Object.entries(config.limits).map(([key, value]) => h(Fact, { key, name: words(key), value: text(value) }))),
        config.history.length > 0 && [h('h2', null, 'Histories'), h('ul', { class: 'plain' }, config.history.map((topic, i) =>
            h('li', { key: i }, h('code', null, topic.uri || '""'), ` (${topic.match}): ${count(topic.events)} events, ${count(topic.age_ms / 1000)} s`)))],
        config.features_off.length > 0 && [h('h2', null, 'Switched off'), h('p', null, config.features_off.join(', '))],
    ];
}
