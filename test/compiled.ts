import { transformFileSync } from '@swc/core';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const root = join(__dirname, '..');

export interface Compiled {
  /** Where the given source is now, as JavaScript that plain `node` runs. */
  path(source: string): string;
  remove(): void;
}

/**
 * All of `src`, and the folders of the given sources, compiled into a folder of their own: a process that is killed and started a hundred times
 * is up in less than half the time that compiling it anew at every start takes.
 */
export function compile(...sources: string[]): Compiled {
  const folder = mkdtempSync(join(tmpdir(), 'tieout-compiled-'));
  for (const source of [...filesUnder('src'), ...sources.flatMap((each) => filesBeside(each))]) {
    const { code } = transformFileSync(join(root, source), { swcrc: false, jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } });
    const target = join(folder, javascript(source));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, code);
  }
  for (const shared of ['node_modules', 'views', 'package.json']) symlinkSync(join(root, shared), join(folder, shared));
  return { path: (source) => join(folder, javascript(source)), remove: () => rmSync(folder, { recursive: true }) };
}

const filesUnder = (part: string): string[] => readdirSync(join(root, part), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts')).map((name) => join(part, name));
const filesBeside = (source: string): string[] => readdirSync(join(root, dirname(source))).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts')).map((name) => join(dirname(source), name));
const javascript = (source: string): string => source.replace(/\.ts$/, '.js');
