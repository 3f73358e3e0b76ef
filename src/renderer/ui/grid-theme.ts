import { iconSetQuartzLight, themeQuartz } from 'ag-grid-community';

export type Density = 'compact' | 'normal' | 'comfortable';
export const rowHeights: Record<Density, number> = { compact: 28, normal: 32, comfortable: 40 };

const base = themeQuartz.withPart(iconSetQuartzLight).withParams({
  accentColor: 'var(--accent)',
  backgroundColor: 'var(--surface)',
  foregroundColor: 'var(--text)',
  textColor: 'var(--text)',
  borderColor: 'var(--line)',
  chromeBackgroundColor: 'var(--surface-2)',
  browserColorScheme: 'inherit',
  fontFamily: 'var(--font)',
  fontSize: 13,
  dataFontSize: 13,
  headerFontSize: 12,
  headerFontWeight: 500,
  headerTextColor: 'var(--text-2)',
  headerBackgroundColor: 'var(--surface-2)',
  headerCellHoverBackgroundColor: 'var(--surface-3)',
  headerHeight: 32,
  headerColumnBorder: { color: 'var(--line)', width: 1, style: 'solid' },
  headerColumnResizeHandleColor: 'transparent',
  headerRowBorder: { color: 'var(--line)', width: 1, style: 'solid' },
  columnBorder: { color: 'var(--line)', width: 1, style: 'solid' },
  rowBorder: { color: 'var(--line)', width: 1, style: 'solid' },
  pinnedColumnBorder: { color: 'var(--line-strong)', width: 1, style: 'solid' },
  oddRowBackgroundColor: 'transparent',
  rowHoverColor: 'var(--surface-2)',
  // What is selected is drawn over the cells, not row by row.
  selectedRowBackgroundColor: 'transparent',
  modalOverlayBackgroundColor: 'transparent',
  cellHorizontalPadding: 8,
  cellEditingBorder: { color: 'var(--accent)', width: 2, style: 'solid' },
  cellEditingShadow: 'none',
  borderRadius: 4,
  wrapperBorder: false,
  wrapperBorderRadius: 0,
  focusShadow: '0 0 0 2px var(--accent)',
  inputFocusBorder: { color: 'var(--accent)', width: 1, style: 'solid' },
  inputBorder: { color: 'var(--control)', width: 1, style: 'solid' },
  inputFocusShadow: 'none',
  iconSize: 12,
  spacing: 8,
});

/** The grid dressed in the window's tokens; both colour schemes come from the CSS variables. */
export const gridThemes = {
  compact: base.withParams({ rowHeight: rowHeights.compact }),
  normal: base.withParams({ rowHeight: rowHeights.normal }),
  comfortable: base.withParams({ rowHeight: rowHeights.comfortable }),
} as const satisfies Record<Density, unknown>;
