import { createTheme, type CSSVariablesResolver, localStorageColorSchemeManager, type MantineColorsTuple } from '@mantine/core';

/** The one accent: a deep petrol. Step 7 on white and white on step 7 reach 6:1. */
const petrol: MantineColorsTuple = ['#eaf6f7', '#d6ebed', '#abd7da', '#7cc1c7', '#4fa9b1', '#2f919a', '#1b7a84', '#116871', '#0c555d', '#07434a'];
/** Neutrals with a trace of the accent, so that greys do not look dirty beside it. */
const gray: MantineColorsTuple = ['#f7f9f9', '#eff3f3', '#e4eaea', '#d3dbdc', '#b8c3c5', '#93a1a4', '#6d7c80', '#526064', '#364346', '#182225'];
const dark: MantineColorsTuple = ['#e2e9ea', '#b6c2c4', '#8c9b9e', '#66767a', '#3c4a4e', '#2b373a', '#1f292c', '#171f22', '#11181a', '#0b1012'];

const FONT = "ui-sans-serif, -apple-system, BlinkMacSystemFont, 'Segoe UI Variable Text', 'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', 'Liberation Sans', Arial, sans-serif";
const MONO = "ui-monospace, 'SF Mono', 'Cascadia Mono', 'Segoe UI Mono', 'Roboto Mono', Menlo, Consolas, 'Liberation Mono', monospace";

/** Notices within pages, in our own quiet colours: Mantine's are louder than anything else on a page. */
const ALERTS: Readonly<Record<string, string>> = { red: 'danger', yellow: 'warn' };

export const theme = createTheme({
  primaryColor: 'petrol',
  primaryShade: { light: 7, dark: 6 },
  colors: { petrol, gray, dark },
  black: '#182225',
  fontFamily: FONT,
  fontFamilyMonospace: MONO,
  fontSizes: { xs: '11.5px', sm: '12.5px', md: '14px', lg: '16px', xl: '20px' },
  lineHeights: { xs: '1.35', sm: '1.4', md: '1.45', lg: '1.5', xl: '1.5' },
  headings: { fontFamily: FONT, fontWeight: '650' },
  radius: { xs: '4px', sm: '6px', md: '8px', lg: '12px', xl: '18px' },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Menu: { defaultProps: { shadow: 'md', transitionProps: { duration: 100 } } },
    Popover: { defaultProps: { shadow: 'md', transitionProps: { duration: 100 } } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray', size: 34 } },
    Button: { defaultProps: { size: 'sm' } },
    Alert: {
      vars: (_theme: unknown, { color = '' }: { color?: string }) => {
        const tone = ALERTS[color] ?? 'accent';
        return { root: { '--alert-bg': `var(--${tone}-soft)`, '--alert-bd': `1px solid var(--${tone}-line)`, '--alert-color': tone === 'accent' ? 'var(--accent-text)' : `var(--${tone})` } };
      },
    },
  },
});

/** Nothing of Mantine's own variables needs another value than the theme gives; our tokens are in tokens.css. */
export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: { '--mantine-color-body': '#ffffff', '--mantine-color-default-border': '#d3dbdc', '--mantine-color-dimmed': '#5a6a6e' },
  dark: { '--mantine-color-body': '#141b1e', '--mantine-color-default': '#1c2528', '--mantine-color-default-hover': '#253034', '--mantine-color-default-border': '#354347', '--mantine-color-dimmed': '#8c9b9e' },
});

export const schemes = localStorageColorSchemeManager({ key: 'centralita.scheme' });
