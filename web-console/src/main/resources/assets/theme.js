// Before the first paint: "auto" follows the device. Without JavaScript a page is light unless dark was chosen.
(() => {
  const root = document.documentElement
  if (root.dataset.theme !== 'auto') return
  const dark = matchMedia('(prefers-color-scheme: dark)')
  const follow = () => { root.dataset.bsTheme = dark.matches ? 'dark' : 'light' }
  dark.addEventListener('change', follow)
  follow()
})()
