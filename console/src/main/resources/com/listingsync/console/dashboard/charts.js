// uPlot in the page's own colours; redrawn when the data, the width or the theme changes.
import { h } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

const colour = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const scheme = matchMedia('(prefers-color-scheme: dark)');

function axis(more) {
  return { stroke: colour('--dim'), font: '11px system-ui', grid: { stroke: colour('--line'), width: 1 }, ticks: { show: false }, gap: 4, ...more };
}

function series(s) {
  const stroke = colour(s.colour);
  return {
    label: s.label, stroke, width: s.bars ? 0 : 1.8, fill: s.bars ? stroke : s.area ? stroke + '22' : undefined, points: { show: false },
    paths: s.bars ? globalThis.uPlot.paths.bars({ size: [0.7, 14], radius: 0.2 }) : globalThis.uPlot.paths.spline(),
    value: (u, v) => (v == null ? '–' : (s.format ?? String)(v)),
  };
}

// data: [x in seconds, ...ys]; lines: [{label, colour, bars, format}]
export function Chart({ label, data, lines, height = 150, format = String, time = true }) {
  const box = useRef(null);
  const plot = useRef(null);
  const names = lines.map(l => l.label).join();

  useEffect(() => {
    const make = () => {
      plot.current?.destroy();
      if (!globalThis.uPlot || !box.current) return;
      plot.current = new globalThis.uPlot({
        width: Math.max(120, box.current.clientWidth), height,
        padding: [8, 6, 0, 0],
        cursor: { y: false, points: { size: 5 } },
        legend: { live: true },
        scales: { x: time ? { time, range: (u, low, high) => [high - 300, high] } : { time }, y: { range: (u, low, high) => [0, Math.max(1, high * 1.1)] } },
        axes: [axis({ size: 24, ...(time ? { space: 90, values: (u, all) => all.map(v => new Date(v * 1000).toLocaleTimeString()) } : {}) }), axis({ size: 46, values: (u, all) => all.map(v => format(v)) })],
        series: [{ value: (u, v) => (v == null ? '' : new Date(v * 1000).toLocaleTimeString()) }, ...lines.map(series)],
      }, data, box.current);
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
