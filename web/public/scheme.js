// Light or dark before the first paint: the page's own script comes after it (web/src/app/providers.tsx has the key).
const chosen = localStorage.getItem('wiko.scheme')
const dark = chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
document.documentElement.dataset.mantineColorScheme = dark ? 'dark' : 'light'
