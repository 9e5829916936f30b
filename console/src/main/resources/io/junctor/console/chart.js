// A line chart of the last minutes, by uPlot. Screen readers get the latest values.
import { h, useEffect, useRef } from './ui.js';

const HEIGHT = 150;

const color = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** `data` is [times in seconds, values of each series...]; `series` are their names; `format` shows a value. */
export function Chart({ title, series, data, format }) {
    const place = useRef(null);
    const plot = useRef(null);

    useEffect(() => {
        const axis = { stroke: color('--faint'), grid: { stroke: color('--line'), width: 1 }, ticks: { show: false }, font: '11px system-ui' };
        plot.current = new globalThis.uPlot({
            width: Math.max(200, place.current.clientWidth),
            height: HEIGHT,
            legend: { show: false },
            cursor: { show: false },
            scales: { y: { range: (self, low, high) => [0, Math.max(1, high * 1.1)] } },
            axes: [axis, { ...axis, size: 58, values: (self, values) => values.map(format) }],
            series: [{}, ...series.map((label, i) => ({ label, stroke: color(`--series-${i + 1}`), width: 2, points: { show: false } }))],
        }, data, place.current);
        const sizes = new ResizeObserver(() =>
            plot.current.setSize({ width: Math.max(200, place.current.clientWidth), height: HEIGHT }),
        );
        sizes.observe(place.current);
        return () => {
            sizes.disconnect();
            plot.current.destroy();
        };
    }, []);

    useEffect(() => plot.current?.setData(data), [data]);

    const latest = series.map((name, i) => `${name} ${format(data[i + 1].at(-1) ?? 0)}`);
    return h('figure', { class: 'chart' },
        h('figcaption', null, h('strong', null, title),
            series.map((name, i) => h('span', { key: name, class: `key series-${i + 1}` }, ' ', latest[i]))),
        h('div', { ref: place, role: 'img', 'aria-label': `${title}: ${latest.join(', ')}` }));
}
