import {
  type CSSVariablesResolver,
  convertCssVariables,
  createTheme,
  DEFAULT_THEME,
  defaultCssVariablesResolver,
  type MantineColorsTuple,
  mergeMantineTheme,
} from '@mantine/core'

/** The one accent: the blue of tempered steel. */
const steel: MantineColorsTuple = [
  '#eef4fa',
  '#dbe6f2',
  '#b4cbe4',
  '#8fb3d9',
  '#6797ca',
  '#4f88c3',
  '#3f79b5',
  '#2d629b',
  '#245283',
  '#183d65',
]

/** The library's dark greys, with a touch of the accent, as base.css has them. */
const dark: MantineColorsTuple = [
  '#e8ebee',
  '#c3cad1',
  '#a6b0bb',
  '#7d8894',
  '#4a535d',
  '#343b44',
  '#242a31',
  '#1c2025',
  '#14171b',
  '#0d0f12',
]

export const theme = createTheme({
  colors: { steel, dark },
  primaryColor: 'steel',
  primaryShade: { light: 8, dark: 7 },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  fontFamily: 'var(--font)',
  headings: { fontWeight: '650' },
})

/** The library takes the page's colours from base.css. */
const pageVariables: CSSVariablesResolver = () => {
  const colours = {
    '--mantine-color-body': 'var(--ground)',
    '--mantine-color-text': 'var(--ink)',
    '--mantine-color-dimmed': 'var(--ink-soft)',
    '--mantine-color-placeholder': 'var(--ink-soft)',
    '--mantine-color-anchor': 'var(--accent)',
    '--mantine-color-error': 'var(--bad-ink)',
    '--mantine-color-default': 'var(--surface)',
    '--mantine-color-default-hover': 'var(--accent-fill)',
    '--mantine-color-default-color': 'var(--ink)',
    '--mantine-color-default-border': 'var(--line)',
  }
  return { variables: {}, light: colours, dark: colours }
}

const merge = (...parts: ReturnType<CSSVariablesResolver>[]): ReturnType<CSSVariablesResolver> => ({
  variables: Object.assign({}, ...parts.map(({ variables }) => variables)),
  light: Object.assign({}, ...parts.map(({ light }) => light)),
  dark: Object.assign({}, ...parts.map(({ dark }) => dark)),
})

/** The theme as a style sheet, made once by the build; the library's own sheet has the values of its default theme. */
export function themeCss(): string {
  const merged = mergeMantineTheme(DEFAULT_THEME, theme)
  return convertCssVariables(merge(defaultCssVariablesResolver(merged), pageVariables(merged)))
}
