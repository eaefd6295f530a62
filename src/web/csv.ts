/** One cell: text a spreadsheet would read as a formula is kept as text (OWASP, CSV injection); figures stay figures. */
type Cell = string | { figure: string };

/** Lines for spreadsheets, comma separated, with a byte order mark so that Excel reads names of any script. */
export function csv(rows: Cell[][]): string {
  return `\uFEFF${rows.map((row) => row.map(written).join(',')).join('\r\n')}\r\n`;
}

function written(cell: Cell): string {
  if (typeof cell !== 'string') return cell.figure;
  const harmless = /^[=+\-@\0]/.test(cell.trimStart()) || /^[\t\r\n]/.test(cell) ? `'${cell}` : cell;
  return `"${harmless.replaceAll('"', '""')}"`;
}
