// uPlot in the page's own colours; redrawn when the data, the width or the theme changes.
import { h } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

const colour = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const scheme = matchMedia('(prefers-color-scheme: dark)');

function axis(more) {
  return { stroke: colour('--dim'), font: '11px system-ui', grid: { stroke: colour('--line'), width: 1 }, ticks: { show: false }, gap: 4, ...more };
}

// Until somebody points at the chart, at no index, its legend says what is newest.
const shown = say => (u, value, line, index) => {
  const v = index == null ? u.data[line].at(-1) : value;
  return v == null ? '–' : say(v);
};

function series(s) {
  const stroke = colour(s.colour);
  return {
    label: s.label, stroke, width: s.bars ? 0 : 1.8, fill: s.bars ? stroke : s.area ? stroke + '22' : undefined, points: { show: false },
    paths: s.bars ? globalThis.uPlot.paths.bars({ size: [0.7, 14], radius: 0.2 }) : globalThis.uPlot.paths.spline(),
    value: shown(s.format ?? String),
  };
}

// A number for each bar, with room for half a bar at either end; a time, five minutes of it.
const across = time => (time ? (u, low, high) => [high - 300, high] : (u, low, high) => (low == null ? [0, 1] : [low - 0.7, high + 0.7]));

// data: [x in seconds, or 1 to n, ...ys]; lines: [{label, colour, bars, format}]
export function Chart({ label, data, lines, height = 150, format = String, time = true }) {
  const box = useRef(null);
  const plot = useRef(null);
  const names = lines.map(l => l.label).join();
  const newest = useRef(data);
  newest.current = data;

  useEffect(() => {
    const make = () => {
      plot.current?.destroy();
      if (!globalThis.uPlot || !box.current) return;
      plot.current = new globalThis.uPlot({
        width: Math.max(120, box.current.clientWidth), height,
        // The last time on the axis is as wide as this on either side.
        padding: [8, time ? 28 : 6, 0, 0],
        cursor: { y: false, points: { size: 5 } },
        legend: { live: true },
        scales: { x: { time, range: across(time) }, y: { range: (u, low, high) => [0, Math.max(1, high * 1.1)] } },
        axes: [axis({ size: 24, ...(!time ? { incrs: [1, 2, 5, 10, 20] } : {}), ...(time ? { space: 90, values: (u, all) => all.map(v => new Date(v * 1000).toLocaleTimeString()) } : {}) }), axis({ size: 46, values: (u, all) => all.map(v => format(v)) })],
        series: [{}, ...lines.map(series)],
      }, newest.current, box.current);
    };
    make();
    const watch = new ResizeObserver(() => {
      const width = box.current?.clientWidth;
      if (width && plot.current && Math.abs(width - plot.current.width) > 2) plot.current.setSize({ width, height });
    });
    watch.observe(box.current);
    scheme.addEventListener('change', make);
    addEventListener('theme', make);
    return () => {
      watch.disconnect();
      scheme.removeEventListener('change', make);
      removeEventListener('theme', make);
      plot.current?.destroy();
      plot.current = null;
    };
  }, [names, height]);

  useEffect(() => { plot.current?.setData(data); }, [data]);

  return h('div', { class: 'chart', ref: box, role: 'img', 'aria-label': label });
}
