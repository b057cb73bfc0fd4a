// Draws each table of numbers as lines above it. The table says it all; the drawing is for the eye.

const style = getComputedStyle(document.documentElement)
const colour = (name) => style.getPropertyValue(name).trim()
const LINES = ['--relais', '--late', '--soon', '--good', '--calm']
const POINTS = ['circle', 'rectRot', 'triangle', 'rect', 'crossRot', 'star']
const DASHES = [[], [8, 4], [2, 3], [12, 3, 2, 3]]

for (const table of document.querySelectorAll('table[data-plot]')) {
  const room = table.closest('.plot').querySelector('.plot-room')
  const unit = table.dataset.unit
  room.hidden = false
  new window.Chart(room.querySelector('canvas'), {
    type: 'line',
    data: {
      labels: [...table.querySelectorAll('thead th')].slice(1).map((cell) => cell.textContent),
      datasets: [...table.querySelectorAll('tbody tr')].slice(0, 10).map((row, i) => ({
        label: row.querySelector('th').textContent,
        data: [...row.querySelectorAll('td')].map((cell) => (cell.dataset.value ? Number(cell.dataset.value) : null)),
        borderColor: colour(LINES[i % LINES.length]),
        backgroundColor: colour(LINES[i % LINES.length]),
        borderDash: DASHES[Math.floor(i / LINES.length + i) % DASHES.length],
        pointStyle: POINTS[i % POINTS.length],
        pointRadius: 5,
        borderWidth: 2.5,
        // A week that is not shown is a gap: nothing is made up between its neighbours.
        spanGaps: false,
      })),
    },
    options: {
      animation: false,
      locale: document.documentElement.lang,
      responsive: true,
      maintainAspectRatio: false,
      interaction: { mode: 'index', intersect: false },
      scales: {
        x: { grid: { display: false }, ticks: { color: colour('--calm') } },
        y: {
          beginAtZero: true,
          max: unit === '%' ? 100 : undefined,
          grid: { color: colour('--tblr-border-color') || '#ccd' },
          ticks: { color: colour('--calm'), callback: (value) => `${value.toLocaleString(document.documentElement.lang)}\u00a0${unit}` },
        },
      },
      plugins: { legend: { position: 'bottom', labels: { color: colour('--calm'), usePointStyle: true, padding: 16 } } },
    },
  })
}
