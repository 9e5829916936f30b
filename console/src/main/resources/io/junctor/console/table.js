// A table that renders only the rows in view: lists of 100,000 rows scroll smoothly.
import { h, useEffect, useMemo, useRef, useState } from './ui.js';

const ROW_PIXELS = 36;
const EXTRA_ROWS = 8;

/**
 * `columns` are { key, title, width, show?, sort?, number? }: `width` begins with the least width in rem, `show` makes a cell of a row, `sort` the value to sort by. `onOpen` opens a row
 * by its first cell. `initial` is [key, descending].
 */
export function Table({ label, columns, rows, rowKey, initial, onOpen, empty }) {
    const [[sortKey, descending], setSort] = useState(initial);
    const [range, setRange] = useState([0, 40]);
    const body = useRef(null);
    const sorted = useMemo(() => sort(rows, columns.find(({ key }) => key === sortKey), descending), [rows, sortKey, descending]);

    useEffect(() => {
        const element = body.current;
        const measure = () => {
            const first = Math.max(0, Math.floor(element.scrollTop / ROW_PIXELS) - EXTRA_ROWS);
            const last = Math.ceil((element.scrollTop + element.clientHeight) / ROW_PIXELS) + EXTRA_ROWS;
            setRange((now) => (now[0] === first && now[1] === last ? now : [first, last]));
        };
        measure();
        const sizes = new ResizeObserver(measure);
        sizes.observe(element);
        element.addEventListener('scroll', measure, { passive: true });
        return () => {
            sizes.disconnect();
            element.removeEventListener('scroll', measure);
        };
    }, []);

    const minWidth = `${columns.reduce((sum, { width }) => sum + Number(width.match(/[\d.]+/)[0]), 0)}rem`;
    const template = columns.map(({ width }) => width).join(' ');
    const first = Math.min(range[0], Math.max(0, sorted.length - 1));
    const shown = sorted.slice(first, range[1]);
    const toggle = (column) => setSort(([key, down]) => [column.key, key === column.key ? !down : Boolean(column.number)]);

    return h('div', { class: 'table' },
        h('div', { class: 'rows', ref: body, tabIndex: 0, role: 'table', 'aria-label': label, 'aria-rowcount': sorted.length + 1 },
            h('div', { class: 'head', role: 'rowgroup', style: { minWidth } },
                h('div', { class: 'row', role: 'row', style: { gridTemplateColumns: template } },
                    columns.map((column) => h('div', {
                        key: column.key,
                        role: 'columnheader',
                        class: column.number ? 'number' : '',
                        'aria-sort': column.key === sortKey ? (descending ? 'descending' : 'ascending') : 'none',
                    }, h('button', { type: 'button', onClick: () => toggle(column) }, column.title,
                        h('span', { 'aria-hidden': 'true' }, column.key === sortKey ? (descending ? ' ▾' : ' ▴') : '')))))),
            h('div', { role: shown.length > 0 ? 'rowgroup' : 'presentation', class: 'space', style: { minWidth, height: `${sorted.length * ROW_PIXELS}px` } },
                shown.map((row, i) => h('div', {
                    key: row[rowKey],
                    class: 'row',
                    role: 'row',
                    'aria-rowindex': first + i + 2,
                    style: { gridTemplateColumns: template, transform: `translateY(${(first + i) * ROW_PIXELS}px)` },
                }, columns.map((column, c) => cell(column, row, c === 0 ? onOpen : null)))))),
        sorted.length === 0 && h('p', { class: 'empty' }, empty));
}

function cell(column, row, onOpen) {
    const text = column.show ? column.show(row) : row[column.key] ?? '';
    const title = typeof text === 'string' ? text : undefined;
    return h('div', { key: column.key, role: 'cell', class: column.number ? 'number' : '', title },
        onOpen ? h('button', { type: 'button', class: 'link', onClick: () => onOpen(row) }, text) : text);
}

function sort(rows, column, descending) {
    const value = column.sort ?? ((row) => row[column.key]);
    const keyed = rows.map((row) => [value(row) ?? '', row]);
    keyed.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    const sorted = keyed.map(([, row]) => row);
    return descending ? sorted.reverse() : sorted;
}

/** The rows of which a text contains all words of `search`. */
export function matching(rows, search, texts) {
    const words = search.toLowerCase().split(/\s+/).filter(Boolean);
    return words.length === 0
        ? rows
        : rows.filter((row) => {
              const text = texts.map((key) => row[key] ?? '').join(' ').toLowerCase();
              return words.every((word) => text.includes(word));
          });
}
