// The form to log in: anonymous, by user name and password, or by token.
import { passwordMethods } from './auth.js';
import { Failure, Field, h, useState } from './ui.js';

const KINDS = [
    ['anonymous', 'Anonymous'],
    ['password', 'User and password'],
    ['token', 'Token'],
];

function methods(kind) {
    return { anonymous: ['anonymous'], password: passwordMethods(), token: ['jwt', 'ticket'] }[kind];
}

export function Login({ settings, failure, trying, begin, leave }) {
    const [kind, setKind] = useState('password');
    const submit = (event) => {
        event.preventDefault();
        const values = Object.fromEntries(new FormData(event.target));
        begin({ realm: values.realm, methods: methods(kind), authid: values.authid || undefined, secret: values.secret });
    };
    return h('form', { onSubmit: submit },
        h(Failure, { of: failure }),
        trying && h('p', { role: 'status' }, 'Connecting… ', h('button', { type: 'button', onClick: leave }, 'Stop')),
        h(Field, { label: 'Realm' },
            h('input', { name: 'realm', required: true, list: 'realms', value: settings.realms[0] ?? '', autocomplete: 'off' })),
        h('datalist', { id: 'realms' }, settings.realms.map((realm) => h('option', { key: realm, value: realm }))),
        h('fieldset', null, h('legend', null, 'Log in as'),
            KINDS.map(([value, text]) => h('label', { key: value },
                h('input', { type: 'radio', name: 'kind', value, checked: kind === value, onChange: () => setKind(value) }), ' ', text))),
        kind !== 'anonymous' && h(Field, { label: 'User', hint: kind === 'token' ? 'may stay empty if the token names the user' : null },
            h('input', { name: 'authid', autocomplete: 'username', required: kind === 'password' })),
        kind !== 'anonymous' && h(Field, { label: kind === 'token' ? 'Token' : 'Password' },
            h('input', { name: 'secret', type: 'password', autocomplete: 'current-password', required: true })),
        kind === 'password' && !globalThis.crypto.subtle
            && h('p', { class: 'hint' }, 'This page does not come by https: the browser can log in by ticket only.'),
        h('button', { class: 'main', disabled: trying }, 'Log in'));
}
