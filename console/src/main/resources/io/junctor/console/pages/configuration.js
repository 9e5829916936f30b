// The configuration of the realm that is in force; the router leaves secrets out.
import { count, Fact, Failure, h, usePolled } from '../ui.js';

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

export function Configuration({ session }) {
    const [config, failure] = usePolled(async () => (await session.call('junctor.config.get')).args[0], PERIOD, [session]);
    if (!config) {
        return failure ? h(Failure, { of: failure }) : h('p', { role: 'status' }, 'Loading…');
    }
    return [
        h(Failure, { of: failure }),
        h('h2', null, `Realm ${config.realm}`),
        h('dl', { class: 'facts' }, ['uris', 'request_ids', 'anonymous_role'].map((key) =>
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
