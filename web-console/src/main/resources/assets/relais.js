// The console's own script: what is live, what locks, what is counted. Everything else is forms and links.

const live = document.querySelector('[data-live-sign]')
const EVERY = 250 // at most four times a second, however much happens

// --- Live. One connection for all tabs of this browser: one that can be seen holds it and tells the others. ---

const LIVE = 'relais-live'
const follows = document.querySelector('[data-follows]:not([data-poll])')
const others = 'BroadcastChannel' in window ? new BroadcastChannel(LIVE) : undefined

let source
let asking // for the connection, behind the tab that holds it
let letGo // of it
let state
let waiting
let missed = false // something may have happened unheard

const shows = (now) => {
  state = now
  if (!live) return
  live.hidden = false
  live.dataset.state = now
}

// In the middle of sending, choosing, writing or filtering.
let sending = 0
const busy = () =>
  sending > 0 ||
  document.querySelector('[data-follows] details[open]:not(.filters), [data-follows] .filters:focus-within') ||
  document.querySelector('[data-follows] input[name=item]:checked') ||
  [...document.querySelectorAll('[data-follows] textarea')].some((text) => text.value !== '')

// Fragments that follow say so by hx-trigger="relais:changed from:body". The first change is seen at once, those of the next
// quarter of a second together after it.
let lastTold = 0
let spread = 0 // over which those who learn of a change together load their lists
let rest = EVERY // longer where a page is long in coming: whoever asks too much only waits longer
const tell = () => {
  waiting = undefined
  // What somebody is in the middle of stays as it is; it is drawn anew when they are done.
  if (busy()) {
    document.body.classList.add('has-news')
    return
  }
  lastTold = Date.now()
  document.body.classList.remove('has-news')
  document.body.dispatchEvent(new CustomEvent('relais:changed'))
}
const changed = () => {
  const due = lastTold + Math.max(rest, spread, Number(follows.dataset.rest ?? 0)) - Date.now()
  waiting ??= setTimeout(tell, Math.max(spread * Math.random(), due))
}

// Counters come as they are, and change where they stand: nothing is loaded for them, and whoever is in the middle of
// something still sees them.
const counts = (data) => {
  const { counters, at } = JSON.parse(data)
  for (const [kind, { text, tone }] of Object.entries(counters)) {
    const counter = document.querySelector(`[data-counter="${kind}"]`)
    if (!counter) continue
    counter.querySelector('b').textContent = text
    counter.classList.remove('late', 'soon')
    if (tone) counter.classList.add(tone)
  }
  const when = document.querySelector('time[data-counted]')
  if (!when) return
  when.dateTime = at.iso
  when.title = at.exact
  when.textContent = at.clock
}

const tells = (word) => others?.postMessage(word)

const stands = (now) => {
  shows(now)
  tells(now)
}

const listen = () => {
  const asked = follows.dataset.live
  source = new EventSource(asked ? `/live?${asked}` : '/live')
  source.addEventListener('counters', ({ data }) => {
    tells({ asked, data })
    counts(data)
  })
  source.addEventListener('spread', ({ data }) => {
    spread = Number(data)
    tells({ spread })
  })
  // Live is what the far end answers; that this console is there does not suffice.
  for (const kind of ['ready', 'reset']) {
    source.addEventListener(kind, () => {
      stands('live')
      if (missed) happened()
      missed = false
    })
  }
  // A stream is ended now and then; nobody need be told that it is lost.
  source.addEventListener('again', () => {
    source.close()
    source = undefined
    missed = true
    setTimeout(relisten, 300 + 700 * Math.random())
  })
  source.addEventListener('error', () => {
    missed = true
    stands('lost')
    if (source?.readyState === EventSource.CLOSED) {
      source = undefined
      setTimeout(relisten, 3000)
    }
  })
  for (const kind of ['handoff', 'pathway', 'work', 'reset']) source.addEventListener(kind, happened)
}

const relisten = () => letGo && !source && listen()

const happened = () => {
  tells('changed')
  changed()
}

const connect = () => {
  if (asking || document.hidden || !follows) return
  asking = new AbortController()
  if (!others || !navigator.locks) {
    // No way to share: each for itself.
    letGo = () => {}
    listen()
    return
  }
  const since = performance.now()
  tells('who')
  navigator.locks.request(LIVE, { signal: asking.signal }, () => new Promise((done) => {
    // Whoever had it may have left with something untold.
    missed ||= performance.now() - since > 500
    letGo = done
    listen()
  })).catch(() => { /* no longer asked for */ })
}

others?.addEventListener('message', ({ data }) => {
  if (data === 'who') {
    if (letGo && state) tells(state)
  } else if (data.spread !== undefined) {
    spread = data.spread
  } else if (data.data) {
    if (follows?.dataset.live === data.asked) counts(data.data)
  } else if (document.hidden || !follows) {
    missed = true
  } else if (data === 'changed') {
    changed()
  } else {
    shows(data)
  }
})

// What asks many is looked at now and then, and not at each change.
if (document.querySelector('[data-poll]')) setInterval(() => document.hidden || changed(), 15_000)

const disconnect = () => {
  asking?.abort()
  source?.close()
  letGo?.()
  asking = source = letGo = undefined
}

document.addEventListener('visibilitychange', () => {
  if (document.hidden) {
    disconnect()
    missed = true
  } else {
    if (missed) changed()
    connect()
  }
})
addEventListener('pagehide', disconnect)
addEventListener('pageshow', (event) => {
  // A browser may keep a whole page to go back to: also one whose visitor has left since.
  if (!event.persisted) return
  document.querySelector('main').replaceChildren()
  location.reload()
})

for (const done of ['toggle', 'focusout']) {
  document.addEventListener(done, () => {
    if (document.body.classList.contains('has-news')) changed()
  }, true)
}

// What somebody sends is answered into the page as it stands: a change that comes before the answer waits for it, and a look
// that is under way is given up. Else the answer, and what it says was done, would find nothing to stand in.
document.addEventListener('htmx:beforeSend', ({ detail }) => {
  if (detail.requestConfig.verb === 'get') return
  sending++
  for (const one of document.querySelectorAll('[data-follows].htmx-request')) {
    document.body.classList.add('has-news')
    window.htmx.trigger(one, 'htmx:abort')
  }
})
document.addEventListener('htmx:afterRequest', ({ detail }) => {
  if (detail.requestConfig.verb === 'get') return
  sending = Math.max(0, sending - 1)
  if (document.body.classList.contains('has-news')) setTimeout(changed)
})

let askedAt = performance.now()
// What the page asks for by itself keeps no session alive.
document.addEventListener('htmx:configRequest', (event) => {
  if (event.detail.triggeringEvent?.type !== 'relais:changed') return
  event.detail.headers['Relais-Live'] = '1'
  askedAt = performance.now()
})
document.addEventListener('htmx:afterRequest', (event) => {
  if (!event.detail.requestConfig?.headers['Relais-Live']) return
  rest = Math.min(10_000, Math.max(EVERY, 5 * (performance.now() - askedAt)))
})

// --- The count in the title, and what changed, said politely. ---

const title = document.title
const count = () => {
  const waiting = document.querySelector('[data-count]')?.dataset.count ?? '0'
  document.title = waiting === '0' ? title : `(${waiting}) ${title}`
}
document.addEventListener('htmx:afterSettle', count)
count()

// --- The lock. Any open tab of this browser that is used keeps the others open. ---

const idle = Number(document.body.dataset.idle) * 1000
const used = () => {
  try { localStorage.setItem('relais-used', String(Date.now())) } catch { /* a private window: each tab for itself */ }
  lastUsed = Date.now()
}
let lastUsed = Date.now()
// Nothing stays on the screen, also where the network is away and the session cannot be ended.
const lock = () => {
  document.querySelector('main').replaceChildren()
  document.querySelector('[data-lock]')?.requestSubmit()
}
if (document.body.dataset.visitor === 'true' && idle > 0) {
  used()
  for (const kind of ['pointerdown', 'keydown', 'wheel', 'touchstart']) addEventListener(kind, used, { passive: true })
  setInterval(() => {
    let last = lastUsed
    try { last = Math.max(last, Number(localStorage.getItem('relais-used'))) } catch { /* as above */ }
    if (Date.now() - last > idle) lock()
  }, 5000)
}

// --- What a page offers where there is a script: copying and printing. ---

for (const act of document.querySelectorAll('[data-copy-act], [data-print-act]')) act.hidden = false
document.querySelector('[data-print]')?.addEventListener('click', () => print())
document.querySelector('[data-copy-do]')?.addEventListener('click', async () => {
  const text = document.querySelector('[data-copy]')
  const said = document.querySelector('[data-copy-act] [role=status]')
  text.select()
  // Where the browser does not let a page copy, the text is chosen and Ctrl+C does.
  try {
    await navigator.clipboard.writeText(text.value)
    said.textContent = said.dataset.done
  } catch { text.focus() }
})

// --- One tick for all rows of a list. ---

document.addEventListener('change', (event) => {
  const form = event.target.dataset?.tickAll
  if (!form) return
  for (const row of document.getElementById(form).elements) if (row.name === 'item') row.checked = event.target.checked
})

// --- Menus close as people expect. ---

document.addEventListener('click', (event) => {
  for (const menu of document.querySelectorAll('details.menu[open]')) {
    if (!menu.contains(event.target)) menu.open = false
  }
})
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return
  for (const menu of document.querySelectorAll('details.menu[open], [data-follows] .acts details[open]')) {
    menu.open = false
    menu.querySelector('summary')?.focus()
  }
})

connect()
