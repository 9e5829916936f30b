// Calls, publishes, subscribes and registers from the page. Forms are remembered in this browser.
import { clock, Failure, Field, h, json, useEffect, useRef, useState } from '../ui.js';

const KINDS = [
    ['call', 'Call', 'Procedure'],
    ['publish', 'Publish', 'Topic'],
    ['subscribe', 'Subscribe', 'Topic'],
    ['register', 'Register an echo', 'Procedure'],
];
const MEMORY = 'junctor.console.forms';
const MOST_REMEMBERED = 20;
const MOST_LINES = 200;

const remembered = () => {
    try {
        return JSON.parse(localStorage.getItem(MEMORY)) ?? [];
    } catch {
        return [];
    }
};

function remember(form) {
    const others = remembered().filter((other) => json(other) !== json(form));
    const forms = [form, ...others].slice(0, MOST_REMEMBERED);
    localStorage.setItem(MEMORY, json(forms));
    return forms;
}

/** Reads a field with JSON: empty stands for `empty`. Throws an error that names the field. */
function parse(text, name, empty, isFit) {
    let value;
    try {
        value = text.trim() === '' ? empty : JSON.parse(text);
    } catch (problem) {
        throw new Error(`${name} is not JSON: ${problem.message}`);
    }
    if (!isFit(value)) {
        throw new Error(`${name} must be ${Array.isArray(empty) ? 'a list such as [1, "two"]' : 'a map such as {"name": 1}'}`);
    }
    return value;
}

const isMap = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

export function Try({ session, query }) {
    const [form, setForm] = useState({ what: query.get('what') ?? 'call', uri: query.get('uri') ?? '', args: '[]', kwargs: '{}', options: '{}' });
    const [forms, setForms] = useState(remembered());
    const [lines, setLines] = useState([]);
    const [open, setOpen] = useState([]);
    const [failure, setFailure] = useState(null);
    const next = useRef(0);
    const ends = useRef([]);
    useEffect(() => () => ends.current.forEach((end) => end().catch(() => {})), []);

    const say = (text, value) => setLines((now) => [{ key: next.current++, time: Date.now(), text, value }, ...now].slice(0, MOST_LINES));
    const keep = (text, end) => {
        ends.current.push(end);
        setOpen((now) => [...now, { key: next.current++, text, end }]);
    };
    const stop = async (one) => {
        ends.current = ends.current.filter((end) => end !== one.end);
        setOpen((now) => now.filter((other) => other !== one));
        await one.end().catch(setFailure);
    };

    const actions = {
        async call({ uri, args, kwargs, options }) {
            const began = performance.now();
            const result = await session.call(uri, args, kwargs, options, (part) => say(`part of ${uri}`, [part.args, part.kwargs]));
            say(`result of ${uri} after ${(performance.now() - began).toFixed(1)} ms`, [result.args, result.kwargs]);
        },
        async publish({ uri, args, kwargs, options }) {
            say(`published to ${uri}`, { publication: await session.publish(uri, args, kwargs, options) });
        },
        async subscribe({ uri, options }) {
            keep(`subscribed to ${uri}`, await session.subscribe(uri, options, (event) => say(`event of ${event.topic}`, [event.args, event.kwargs])));
        },
        async register({ uri, options }) {
            keep(`answers ${uri}`, await session.register(uri, options, ({ procedure, args, kwargs }) => {
                say(`call of ${procedure}`, [args, kwargs]);
                return { args, kwargs };
            }));
        },
    };

    const run = async (event) => {
        event.preventDefault();
        setFailure(null);
        try {
            const request = {
                uri: form.uri,
                args: parse(form.args, 'Arguments', [], Array.isArray),
                kwargs: parse(form.kwargs, 'Keyword arguments', {}, isMap),
                options: parse(form.options, 'Options', {}, isMap),
            };
            await actions[form.what](request);
            setForms(remember(form));
        } catch (problem) {
            setFailure(problem);
        }
    };
    const set = (name) => (event) => setForm({ ...form, [name]: event.target.value });
    const [, verb, noun] = KINDS.find(([what]) => what === form.what);
    const sends = form.what === 'call' || form.what === 'publish';
    const editor = (name, label) => h(Field, { label },
        h('textarea', { name, rows: 3, spellcheck: false, value: form[name], onInput: set(name) }));
    return h('div', { class: 'halves' },
        h('form', { onSubmit: run },
            h('fieldset', null, h('legend', null, 'What to do'), KINDS.map(([what, text]) => h('label', { key: what },
                h('input', { type: 'radio', name: 'what', value: what, checked: form.what === what, onChange: set('what') }), ' ', text))),
            h(Field, { label: noun }, h('input', { name: 'uri', required: form.what !== 'subscribe', value: form.uri, onInput: set('uri'), spellcheck: false, autocomplete: 'off' })),
            sends && editor('args', 'Arguments (JSON list)'),
            sends && editor('kwargs', 'Keyword arguments (JSON map)'),
            editor('options', 'Options (JSON map)'),
            h('button', { class: 'main' }, verb),
            h(Failure, { of: failure }),
            forms.length > 0 && h('details', null, h('summary', null, 'Used before'),
                h('ul', { class: 'plain' }, forms.map((other, i) => h('li', { key: i },
                    h('button', { type: 'button', class: 'link', onClick: () => setForm(other) }, `${other.what} ${other.uri} ${other.args}`)))),
                h('button', { type: 'button', onClick: () => {
                    localStorage.removeItem(MEMORY);
                    setForms([]);
                } }, 'Forget them'))),
        h('section', { 'aria-label': 'Results' },
            open.length > 0 && h('ul', { class: 'plain' }, open.map((one) => h('li', { key: one.key }, one.text, ' ',
                h('button', { type: 'button', onClick: () => stop(one) }, 'End')))),
            h('div', { role: 'log', 'aria-label': 'What happened' }, h('ol', { class: 'events' }, lines.map((line) =>
                h('li', { key: line.key }, h('time', null, clock(line.time)), ' ', line.text, h('pre', null, JSON.stringify(line.value, null, 1)))))),
            lines.length === 0 && h('p', { class: 'hint' }, 'Results and events appear here.')));
}
