// Preact as a module, and the small parts that all pages use.
import { WampError } from './wamp.js';

export const { h, render, Fragment } = globalThis.preact;
export const { useState, useEffect, useRef, useMemo, useCallback } = globalThis.preactHooks;

/** Calls `read` now and then every `period` milliseconds while the page is shown; returns [value, failure, reload]. */
export function usePolled(read, period, dependencies) {
    const [state, set] = useState([null, null]);
    const reload = useRef(() => {});
    useEffect(() => {
        let timer = 0;
        let ended = false;
        const round = async () => {
            clearTimeout(timer);
            try {
                if (!document.hidden) {
                    const value = await read();
                    ended || set([value, null]);
                }
            } catch (failure) {
                ended || set(([value]) => [value, failure]);
            }
            if (!ended) {
                timer = setTimeout(round, period);
            }
        };
        reload.current = round;
        round();
        return () => {
            ended = true;
            clearTimeout(timer);
        };
    }, dependencies);
    return [...state, () => reload.current()];
}

/** All rows of a procedure that answers page by page. */
export async function listAll(session, procedure) {
    const rows = [];
    for (;;) {
        const { total, rows: part } = (await session.call(procedure, [], { offset: rows.length })).args[0];
        rows.push(...part);
        if (part.length === 0 || rows.length >= total) {
            return rows;
        }
    }
}

/** Remembers counts, to tell how much they grew per second: rates(rows, key, names) adds `NAME_rate` to each row. */
export function rateKeeper() {
    let last = new Map();
    let lastTime = 0;
    return (rows, key, names) => {
        const now = performance.now();
        const seconds = (now - lastTime) / 1000;
        const next = new Map();
        for (const row of rows) {
            const before = last.get(row[key]);
            for (const name of names) {
                row[`${name}_rate`] = before ? Math.max(0, (row[name] - before[name]) / seconds) : 0;
            }
            next.set(row[key], row);
        }
        last = next;
        lastTime = now;
        return rows;
    };
}

// ---- Numbers and times.

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

export const count = (value) => whole.format(value ?? 0);

export function rate(value) {
    if (!value) {
        return '0';
    }
    return value < 10 ? value.toFixed(1) : whole.format(value);
}

export function bytes(value) {
    const units = ['B', 'KiB', 'MiB', 'GiB'];
    let left = value ?? 0;
    let unit = 0;
    while (left >= 1024 && unit < units.length - 1) {
        left /= 1024;
        unit++;
    }
    return `${left < 10 && unit > 0 ? left.toFixed(1) : Math.round(left)} ${units[unit]}`;
}

export const milliseconds = (value) =>
    value === null || value === undefined ? '–' : `${value < 10 ? value.toFixed(2) : Math.round(value)} ms`;

export const clock = (time) => new Date(time).toLocaleTimeString('en-GB');

export function since(time) {
    const seconds = Math.max(0, Math.round((Date.now() - Date.parse(time)) / 1000));
    if (seconds < 60) {
        return `${seconds} s`;
    }
    if (seconds < 3600) {
        return `${Math.floor(seconds / 60)} min`;
    }
    return seconds < 172800 ? `${Math.floor(seconds / 3600)} h` : `${Math.floor(seconds / 86400)} d`;
}

export const json = (value) => JSON.stringify(value);

// ---- Parts.

/** Says what failed and, if the role lacks a permission, which rule to add. */
export function Failure({ of }) {
    if (!of) {
        return null;
    }
    const denied = of instanceof WampError && of.uri === 'wamp.error.not_authorized';
    return h('div', { class: 'failure', role: 'alert' },
        h('p', null, of.message),
        denied && of.message.includes('junctor.log.') ? h('p', null, 'The log needs a rule of its own in realms.yaml: ',
            h('code', null, '{ uri: "junctor.log.", match: prefix, actions: [call] }'), '.')
        : denied && of.message.includes('junctor.config.reload') ? h('p', null, 'This needs a rule of its own in realms.yaml: ',
            h('code', null, '{ uri: junctor.config.reload, actions: [call] }'), '.')
        : denied && h('p', null, 'The role of this session needs a rule in realms.yaml, such as ',
            h('code', null, '{ uri: "junctor.", match: prefix, actions: [call] }'),
            ' (to end sessions: ', h('code', null, '{ uri: "wamp.session.", match: prefix, actions: [call] }'), ').'));
}

export function Fact({ name, value, alarm = false }) {
    return h('div', { class: alarm ? 'fact alarm' : 'fact' }, h('dt', null, name), h('dd', null, value));
}

/** A field with its label. */
export function Field({ label, hint, children }) {
    return h('label', { class: 'field' }, h('span', null, label), children, hint && h('small', null, hint));
}

/** A dialog that closes by Escape or its button, and gives the focus back. */
export function Dialog({ title, onClose, children }) {
    const dialog = useRef(null);
    useEffect(() => {
        dialog.current.showModal();
    }, []);
    return h('dialog', { ref: dialog, onClose, 'aria-label': title },
        h('header', null, h('h2', null, title),
            h('button', { type: 'button', onClick: () => dialog.current.close() }, 'Close')),
        children);
}
